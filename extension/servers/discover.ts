import * as vscode from "vscode";
import { candidatePaths, serverKey, withOwnKeys } from "../model/discovery.ts";
import { configFiles } from "../settings.ts";

/** A configuration of the workspace. */
export type ConfigFile = { readonly key: string; readonly file: string };

/** The configurations that the folders of the window hold at the usual places and at those the settings name. */
export async function findConfigFiles(): Promise<ConfigFile[]> {
  // Supervisors, and what they run, need the signals and sockets of Unix.
  if (process.platform === "win32") return [];
  const folders = localFolders();
  const found = await Promise.all(folders.map((folder) => configFilesIn(folder, folders.length)));
  return withOwnKeys(found.flat());
}

/** Calls back when a configuration appears, changes or goes away. */
export function watchConfigFiles(onChange: (file: string) => void): vscode.Disposable {
  const watchers = localFolders().map((folder) => {
    const paths = candidatePaths(configFiles(folder)).map(({ path }) => escapeGlob(path));
    const pattern = new vscode.RelativePattern(folder, `{${paths.join(",")}}`);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const tell = (uri: vscode.Uri) => onChange(uri.fsPath);
    watcher.onDidCreate(tell);
    watcher.onDidChange(tell);
    watcher.onDidDelete(tell);
    return watcher;
  });
  return vscode.Disposable.from(...watchers);
}

/** Programs can only be run in folders that are on this machine's disk. */
function localFolders(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
}

async function configFilesIn(folder: vscode.WorkspaceFolder, folderCount: number): Promise<ConfigFile[]> {
  const candidates = candidatePaths(configFiles(folder));
  const present = await Promise.all(
    candidates.map(async ({ path, named }) => {
      const uri = vscode.Uri.joinPath(folder.uri, path);
      // One that the settings name is shown even while it is missing, with the reason.
      return named || (await exists(uri)) ? { path, uri } : null;
    }),
  );
  return present.flatMap((hit) =>
    hit === null ? [] : { key: serverKey(folder.name, hit.path, folderCount), file: hit.uri.fsPath },
  );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    // Missing or unreadable: either way there is nothing to run.
    return false;
  }
}

function escapeGlob(path: string): string {
  return path.replace(/[*?{}[\],]/g, "[$&]");
}
