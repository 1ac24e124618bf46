import * as vscode from "vscode";
import { t } from "../model/l10n.ts";
import type { Servers } from "../servers/servers.ts";
import { pickLog } from "./log-picker.ts";
import type { LogViews } from "./log-views.ts";

/** Offers log terminals where the editor lists what a new terminal can be. */
export function registerLogProfile(servers: Servers, views: LogViews): vscode.Disposable {
  return vscode.window.registerTerminalProfileProvider("supervisord.log", {
    async provideTerminalProfile() {
      const target = await pickLog(servers, t("Open Log Terminal"), ["process", "group", "server"]);
      return target === null ? undefined : new vscode.TerminalProfile(views.terminalOptions(target));
    },
  });
}
