import * as vscode from "vscode";

/** Whether programs start when a folder opens; only the user's own settings decide. */
export type StartOnOpen = "never" | "ask" | "always";

const SECTION = "supervisord";

export function startOnOpen(): StartOnOpen {
  const value = vscode.workspace.getConfiguration(SECTION).get<string>("startOnOpen");
  return value === "ask" || value === "always" ? value : "never";
}

/** The release of Supervisor that configurations are read as, where releases differ. */
export function dialect(): "4.3" | "4.4" {
  return vscode.workspace.getConfiguration(SECTION).get<string>("dialect") === "4.4" ? "4.4" : "4.3";
}

/** Configurations of a folder beyond those at the usual places, as relative paths. */
export function configFiles(folder: vscode.WorkspaceFolder): readonly string[] {
  const value = vscode.workspace.getConfiguration(SECTION, folder).get<unknown>("configFiles");
  return Array.isArray(value) ? value.filter((path) => typeof path === "string") : [];
}

/** Calls back when the list of configurations is edited. */
export function onConfigFilesChange(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SECTION}.configFiles`)) callback();
  });
}
