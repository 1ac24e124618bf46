import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

/** Starts the language server at `script`, which logs where the extension does; it ends with what is returned. */
export async function startLanguageClient(
  script: string,
  outputChannel: vscode.LogOutputChannel,
): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    "supervisord",
    "Supervisord Language Server",
    { module: script, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: "supervisord-conf" }],
      outputChannel,
      diagnosticPullOptions: { onChange: true },
      synchronize: { configurationSection: "supervisord" },
    },
  );
  await client.start();
  return { dispose: () => void client.dispose() };
}
