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
  /** Servers whose configuration was in force before the save that is under way: what differs then is what is saved. */
  const inForce = new Set<ConfiguredServer>();
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      const server = serverOfFile(servers, document.uri.fsPath);
      if (server !== null && isInForce(server)) inForce.add(server);
    }),
    vscode.workspace.onDidSaveTextDocument(async ({ uri, languageId }) => {
      const server = serverOfFile(servers, uri.fsPath);
      const wasInForce = server !== null && inForce.delete(server);
      // A file that was never read may be included by now.
      if (server === null && languageId === "supervisord-conf") await checkAll(servers);
      if (server === null) return;
      // What it includes may be another by now.
      await Promise.all([server.plan().catch(() => null), server.changes.check()]);
      // What others changed, too, is for the user to look at first.
      if (appliesOnSave() && wasInForce)
        await apply(server, consent).catch((error) => showFailure(log, error));
    }),
  );
}

async function checkAll({ configured }: Servers): Promise<void> {
  await Promise.all(configured.map(({ changes }) => changes.check()));
}

function isInForce({ view: { state }, changes }: ConfiguredServer): boolean {
  return changes.pending === null && state.kind === "connected" && state.info?.configChanged !== true;
}

async function apply(server: ConfiguredServer, consent: ConsentDialog): Promise<void> {
  if (server.client === null || !canUpdate(server.changes.pending)) return;
  await consent.agree(await server.plan());
  const changes = await reload(server.client);
  server.refresh();
  await server.changes.applied();
  vscode.window.setStatusBarMessage(reloadSummary(server.key, changes), SHOWN_MS);
}
