import * as vscode from "vscode";

const SCHEME = "supervisord-row";

/** The address of a row, from which its colour can be told without asking anything. */
export function rowUri(id: string, color: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/row/${id}`, query: color });
}

/** Colours the names of rows as their icons are. */
export function colorRows(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme, query }) =>
      scheme === SCHEME && query !== "" ? { color: new vscode.ThemeColor(query) } : undefined,
  });
}
