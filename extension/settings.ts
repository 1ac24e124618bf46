import * as vscode from "vscode";
import type { WindowPolicy } from "../daemon/protocol/window-policy.ts";

/** Whether programs start when a folder opens; only the user's own settings decide. */
export type StartOnOpen = "never" | "ask" | "always";

const SECTION = "supervisord";

export function startOnOpen(): StartOnOpen {
  const value = vscode.workspace.getConfiguration(SECTION).get<string>("startOnOpen");
  return value === "ask" || value === "always" ? value : "never";
}

/** Whether the view of programs is shown when a folder with a configuration opens. */
export function showsViewOnOpen(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("showViewOnOpen") === true;
}

/** Whether what a save changes is put in force at once; only the user's own settings decide. */
export function appliesOnSave(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("applyOnSave") === true;
}

/** Whether configurations show states and changes over their lines. */
export function showsCodeLenses(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("codeLens.enabled") !== false;
}

/** The release of Supervisor that configurations are read as, where releases differ. */
export function dialect(): "4.3" | "4.4" {
  return vscode.workspace.getConfiguration(SECTION).get<string>("dialect") === "4.4" ? "4.4" : "4.3";
}

const SHORTEST_DELAY_SECS = 10;
const USUAL_DELAY_SECS = 30;

/** What becomes of the programs that the editor started when its last window has gone. */
export function windowPolicy(): WindowPolicy {
  const settings = vscode.workspace.getConfiguration(SECTION);
  if (settings.get<string>("onLastWindowClosed") !== "stop") return { kind: "keep" };
  const seconds = settings.get<unknown>("onLastWindowClosedDelay");
  const asked =
    typeof seconds === "number" && Number.isFinite(seconds) ? Math.round(seconds) : USUAL_DELAY_SECS;
  // While a window is reloaded it is gone, too.
  return { kind: "stop", afterSecs: Math.min(Math.max(asked, SHORTEST_DELAY_SECS), 86_400) };
}

/** Calls back when the user changes what becomes of the programs. */
export function onWindowPolicyChange(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SECTION}.onLastWindowClosed`)) callback();
    else if (change.affectsConfiguration(`${SECTION}.onLastWindowClosedDelay`)) callback();
  });
}

/** Configurations of a folder beyond those at the usual places, as relative paths. */
export function configFiles(folder: vscode.WorkspaceFolder): readonly string[] {
  const value = vscode.workspace.getConfiguration(SECTION, folder).get<unknown>("configFiles");
  return Array.isArray(value) ? value.filter((path) => typeof path === "string") : [];
}

/** Whether the user is asked before all programs of a supervisor are ended. */
export function asksBeforeStoppingAll(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("confirmStopAll") !== false;
}

/** Asks no more. */
export async function stopAskingBeforeStoppingAll(): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  await settings.update("confirmStopAll", false, vscode.ConfigurationTarget.Global);
}

/** The supervisors that were added by their address, as the setting lists them. */
export function addedServersSetting(): unknown {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>("servers");
}

/** Lists the added supervisors anew, in the user's settings. */
export async function saveAddedServers(change: (listed: unknown) => unknown[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const inspected = settings.inspect<unknown>("servers");
  await settings.update("servers", change(inspected?.globalValue), vscode.ConfigurationTarget.Global);
}

/** Calls back when the list of configurations or that of added servers is edited. */
export function onServerListChange(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SECTION}.configFiles`)) callback();
    else if (change.affectsConfiguration(`${SECTION}.servers`)) callback();
  });
}
