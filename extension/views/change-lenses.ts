import * as vscode from "vscode";
import { type ChangeLens, changeLenses } from "../model/change-lenses.ts";
import { serverTarget, targetId } from "../model/target.ts";
import { serverOfFile } from "../servers/server-of-file.ts";
import type { Servers } from "../servers/servers.ts";
import { showsCodeLenses } from "../settings.ts";

/** Changes that belong together are drawn as one. */
const BURST_MS = 50;

/** Shows in a configuration, over the lines that it concerns, what is not in force yet. */
export function showChangeLenses(servers: Servers): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let drawn = "";
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    timer = undefined;
    const now = JSON.stringify(servers.configured.map(({ changes }) => changes.pending));
    if (now !== drawn) changed.fire();
    drawn = now;
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const server = serverOfFile(servers, document.uri.fsPath);
      if (server === null || !showsCodeLenses()) return [];
      const id = targetId(serverTarget(server.view));
      return changeLenses(document.getText(), server.changes.pending).map((lens) => lensOf(lens, id));
    },
  };
  return vscode.Disposable.from(
    changed,
    servers.onDidChange(() => (timer ??= setTimeout(draw, BURST_MS))),
    vscode.languages.registerCodeLensProvider({ language: "supervisord-conf", scheme: "file" }, provider),
    { dispose: () => clearTimeout(timer) },
  );
}

function lensOf({ line, title, act }: ChangeLens, id: string): vscode.CodeLens {
  const command = { title, command: `supervisord.${act}`, arguments: [id] };
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command);
}
