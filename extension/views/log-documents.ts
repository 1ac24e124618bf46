import * as vscode from "vscode";

const SCHEME = "supervisord-log";

/** Shows the ends of logs as they were read, in editors that write nothing. */
export class LogDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? "",
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  /** Opens a text under a name; what stands at `range` is shown and selected. */
  async show(name: string, text: string, range: vscode.Range): Promise<void> {
    // Another state of the log is another document, for an editor may show the one before.
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.log`, query: String(text.length) });
    this.#texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(
      await vscode.languages.setTextDocumentLanguage(document, "log"),
      { selection: range, preview: true },
    );
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
