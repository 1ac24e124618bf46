import type * as vscode from "vscode";
import { type Histories, type History, withNewRuns } from "./model/exit-history.ts";
import type { Servers } from "./servers/servers.ts";

/** Remembers how the processes of the window ended while it is open. */
export class ExitHistories implements vscode.Disposable {
  #histories: Histories = new Map();
  readonly #subscription: vscode.Disposable;

  constructor(servers: Servers) {
    this.#subscription = servers.onDidChange(() => {
      this.#histories = withNewRuns(this.#histories, servers.views);
    });
  }

  /** What was seen of a process, by the id of its row; null for nothing yet. */
  of(id: string): History | null {
    return this.#histories.get(id) ?? null;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
