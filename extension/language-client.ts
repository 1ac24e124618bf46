import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import {
  ENVIRONMENT,
  type InitializationOptions,
  LIVE_SERVERS,
  TRUST_GRANTED,
} from "../language-server/requests.ts";
import { t } from "./model/l10n.ts";
import type { Servers } from "./servers/servers.ts";
import type { Environment } from "./servers/user-environment.ts";
import { tellLiveServers } from "./views/live-servers.ts";

/** Starts the language server at `script`, which logs where the extension does; it ends with what is returned. */
export async function startLanguageClient(
  script: string,
  outputChannel: vscode.LogOutputChannel,
  servers: Servers,
  environment: () => Promise<Environment>,
): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    "supervisord",
    t("Supervisord Language Server"),
    { module: script, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: "supervisord-conf" }],
      outputChannel,
      diagnosticPullOptions: { onChange: true },
      synchronize: { configurationSection: "supervisord" },
      initializationOptions: initializationOptions(),
    },
  );
  await client.start();
  const tell = (method: string, told?: unknown) => {
    client
      .sendNotification(method, told)
      .catch((error: unknown) => outputChannel.error(`cannot tell the language server: ${String(error)}`));
  };
  // It comes from running the user's shell, which takes a while and is only done where the user trusts the workspace.
  const tellEnvironment = async () => tell(ENVIRONMENT, { environment: await environment() });
  if (vscode.workspace.isTrusted) void tellEnvironment();
  const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    tell(TRUST_GRANTED);
    void tellEnvironment();
  });
  const live = tellLiveServers(servers, (told) => tell(LIVE_SERVERS, told));
  return {
    dispose() {
      trust.dispose();
      live.dispose();
      void client.dispose();
    },
  };
}

function initializationOptions(): InitializationOptions {
  const suggestCommand = "editor.action.triggerSuggest";
  if (vscode.workspace.isTrusted) return { suggestCommand };
  // Until the workspace is trusted, the server reads nothing outside its folders.
  const folders = vscode.workspace.workspaceFolders ?? [];
  return { suggestCommand, untrustedFolders: folders.map(({ uri }) => uri.fsPath) };
}
