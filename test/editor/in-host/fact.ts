import type * as vscode from "vscode";
import type { SupervisordApi } from "../../../extension/api.ts";

/** What a fact about the extension is proven with, inside the extension host. */
export type Host = {
  readonly vscode: typeof vscode;
  /** Path of the workspace of twelve programs. */
  readonly workspace: string;
  readonly api: SupervisordApi;
};

/** Facts by name; each rejects where it does not hold. They are proven one after another. */
export type Facts = Readonly<Record<string, (host: Host) => Promise<void>>>;

/** Resolves once `look` no longer throws; rejects with what it threw last. */
export async function eventually(look: () => Promise<void> | void, timeoutMs = 15_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; ; ) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
