import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { LIVE_SERVERS } from "../language-server/requests.ts";
import type { Servers } from "./servers/servers.ts";
import { tellLiveServers } from "./views/live-servers.ts";

/** Starts the language server at `script`, which logs where the extension does; it ends with what is returned. */
export async function startLanguageClient(
  script: string,
  outputChannel: vscode.LogOutputChannel,
  servers: Servers,
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
  const live = tellLiveServers(servers, (told) => {
    client
      .sendNotification(LIVE_SERVERS, told)
      .catch((error: unknown) => outputChannel.error(`cannot tell the language server: ${String(error)}`));
  });
  return {
    dispose() {
      live.dispose();
      void client.dispose();
    },
  };
}
