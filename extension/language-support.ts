import * as vscode from "vscode";
import { type Log, showFailure } from "./log.ts";
import type { Servers } from "./servers/servers.ts";
import type { Environment } from "./servers/user-environment.ts";

const LANGUAGE = "supervisord-conf";

/** Starts the language server with the first configuration that is opened. */
export function createLanguageSupport(
  script: string,
  log: Log,
  servers: Servers,
  environment: () => Promise<Environment>,
): vscode.Disposable {
  const subscriptions: vscode.Disposable[] = [];
  const startFor = ({ languageId }: vscode.TextDocument) => {
    if (languageId !== LANGUAGE) return;
    opened.dispose();
    // Loaded only now: the client library is far larger than the rest.
    import("./language-client.ts")
      .then(({ startLanguageClient }) => startLanguageClient(script, log, servers, environment))
      .then((client) => subscriptions.push(client))
      .catch((error: unknown) => showFailure(log, error));
  };
  const opened = vscode.workspace.onDidOpenTextDocument(startFor);
  const already = vscode.workspace.textDocuments.find(({ languageId }) => languageId === LANGUAGE);
  if (already !== undefined) startFor(already);
  return {
    dispose() {
      for (const subscription of [opened, ...subscriptions]) subscription.dispose();
    },
  };
}
