// Bundled and run inside the extension host; SUITE and RESULTS are filled in then.
import { existsSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { SupervisordApi } from "../../../extension/api.ts";
import { eventually } from "./fact.ts";
import { SUITES, type SuiteName } from "./suites.ts";

declare const SUITE: SuiteName;
declare const RESULTS: string;
declare const GATE: string;

/** Proves the facts of the suite once it is let in, and writes what each came to. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<SupervisordApi>("vscode-supervisord.vscode-supervisord");
  const api = await extension?.activate();
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (api === undefined || workspace === undefined) throw new Error("there is no extension or no workspace");
  await vscode.commands.executeCommand("supervisord.programs.focus");
  await eventually(() => {
    if (!existsSync(GATE)) throw new Error("the rows were not looked at");
  }, 120_000);
  const results: Record<string, string | null> = {};
  for (const [name, prove] of Object.entries(SUITES[SUITE])) {
    results[name] = await outcome(prove({ vscode, workspace, api }));
    writeFileSync(RESULTS, JSON.stringify(results));
  }
}

const LIMIT_MS = 30_000;

/** Null where it holds, else why it does not. */
async function outcome(proof: Promise<void>): Promise<string | null> {
  const tooLong = new Promise<string>((done) => setTimeout(() => done("took too long"), LIMIT_MS).unref());
  return await Promise.race([proof.then(() => null), tooLong]).catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
}
