import * as vscode from "vscode";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { conditionOf } from "./model/condition.ts";
import { t } from "./model/l10n.ts";
import { findTarget } from "./model/target.ts";
import type { ConfiguredServer } from "./servers/configured-server.ts";
import type { Servers, WindowServer } from "./servers/servers.ts";

/** The server that the arguments name, the only one that suits, or the one that is picked; null for none. */
export async function chooseServer<S extends WindowServer>(
  servers: Servers,
  args: CommandArguments,
  suits: (server: WindowServer) => server is S,
): Promise<S | null> {
  const [id] = idsOf(args);
  if (id !== undefined) {
    const named = servers.find(findTarget(servers.views, id)?.server ?? id);
    if (named === undefined) throw new Error(t("There is no supervisord {0} in this window.", id));
    return suits(named) ? named : null;
  }
  const suitable = servers.all.filter(suits);
  const [only] = suitable;
  if (suitable.length <= 1) return only ?? null;
  const items = suitable.map((server) => ({
    label: server.key,
    description: conditionOf(server.view.state.kind),
    detail: server.configFile ?? server.url,
    server,
  }));
  const options = { placeHolder: t("Choose a supervisord"), matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.server ?? null;
}

/** Whether a server has a configuration in this window. */
export function isConfigured(server: WindowServer): server is ConfiguredServer {
  return server.configFile !== null;
}

/** Whether calls can be made to a server. */
export function isConnected(server: WindowServer): server is WindowServer {
  return server.client !== null;
}
