import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

/** Starts the language server at `script`; it ends with what is returned. */
export async function startLanguageClient(script: string): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    "supervisord",
    "Supervisord Language Server",
    { module: script, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: "supervisord-conf" }],
      diagnosticPullOptions: { onChange: true },
    },
  );
  await client.start();
  return { dispose: () => void client.dispose() };
}
