import * as vscode from "vscode";
import { type Log, showFailure } from "./log.ts";
import { canUpdate } from "./model/pending.ts";
import { reloadSummary } from "./model/reload.ts";
import type { ConfiguredServer } from "./servers/configured-server.ts";
import { reload } from "./servers/perform.ts";
import { serverOfFile } from "./servers/server-of-file.ts";
import type { Servers } from "./servers/servers.ts";
import { appliesOnSave } from "./settings.ts";
import type { ConsentDialog } from "./views/consent-dialog.ts";

const SHOWN_MS = 5000;

/** Looks at each save of a configuration what it would change, and puts it in force where the user's settings say so. */
export function watchSaves(servers: Servers, consent: ConsentDialog, log: Log): vscode.Disposable {
  return vscode.workspace.onDidSaveTextDocument(async ({ uri, languageId }) => {
    const server = serverOfFile(servers, uri.fsPath);
    // A file that was never read may be included by now.
    const concerned = server === null ? servers.configured : [server];
    if (server === null && languageId !== "supervisord-conf") return;
    for (const one of concerned) {
      const wasInForce = isInForce(one);
      await one.changes.check();
      if (appliesOnSave() && one === server)
        await apply(one, wasInForce, consent).catch((error) => showFailure(log, error));
    }
  });
}

/** Until this save nothing had been changed that nobody has seen: what is on disk is what the user wrote. */
function isInForce({ view: { state }, changes }: ConfiguredServer): boolean {
  return changes.pending === null && state.kind === "connected" && state.info?.configChanged !== true;
}

async function apply(server: ConfiguredServer, wasInForce: boolean, consent: ConsentDialog): Promise<void> {
  // What others changed, too, is for the user to look at first.
  if (!wasInForce || server.client === null || !canUpdate(server.changes.pending)) return;
  await consent.agree(await server.plan());
  const changes = await reload(server.client);
  server.refresh();
  await server.changes.applied();
  vscode.window.setStatusBarMessage(reloadSummary(server.key, changes), SHOWN_MS);
}
