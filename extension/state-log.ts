import type * as vscode from "vscode";
import type { Log } from "./log.ts";
import { describeState } from "./model/server.ts";
import type { Servers } from "./servers/servers.ts";

/** Logs what becomes of each server of the window. */
export function logStates(servers: Servers, log: Log): vscode.Disposable {
  const told = new Map<string, string>();
  return servers.onDidChange(() => {
    for (const server of servers.views) {
      const line = describeState(server);
      if (told.get(server.key) === line) continue;
      told.set(server.key, line);
      if (server.state.kind === "failed" || server.state.kind === "unreachable") log.warn(line);
      else log.info(line);
    }
  });
}
