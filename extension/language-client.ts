import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type InitializationOptions, LIVE_SERVERS, TRUST_GRANTED } from "../language-server/requests.ts";
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
      initializationOptions: trustOptions(),
    },
  );
  await client.start();
  const tell = (method: string, told?: unknown) => {
    client
      .sendNotification(method, told)
      .catch((error: unknown) => outputChannel.error(`cannot tell the language server: ${String(error)}`));
  };
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => tell(TRUST_GRANTED));
  const live = tellLiveServers(servers, (told) => tell(LIVE_SERVERS, told));
  return {
    dispose() {
      trust.dispose();
      live.dispose();
      void client.dispose();
    },
  };
}

/** Until the workspace is trusted, the server reads nothing outside its folders. */
function trustOptions(): InitializationOptions {
  if (vscode.workspace.isTrusted) return {};
  return { untrustedFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath) };
}
