import * as vscode from "vscode";
import { statusBar } from "../model/status-bar.ts";
import { STATUS_COMMANDS } from "../model/status-tooltip.ts";
import type { Servers } from "../servers/servers.ts";

/** Puts the window's one status bar item in place and keeps it up to date. */
export function createStatusBarItem(servers: Servers): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("supervisord.status", vscode.StatusBarAlignment.Left, 10);
  item.name = "Supervisord";
  item.command = "supervisord.programs.focus";
  const draw = () => {
    const shown = statusBar(servers.views);
    if (shown === null) return item.hide();
    item.text = shown.text;
    const tooltip = new vscode.MarkdownString(shown.tooltip, true);
    tooltip.isTrusted = { enabledCommands: STATUS_COMMANDS };
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: shown.accessibleLabel, role: "button" };
    item.backgroundColor = shown.isError ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    item.show();
  };
  draw();
  return vscode.Disposable.from(item, servers.onDidChange(draw));
}
