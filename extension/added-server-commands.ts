import * as vscode from "vscode";
import { chooseServer } from "./choose-server.ts";
import { asksForPassword, signIn, storeCredentials } from "./credentials.ts";
import { asSentence } from "./log.ts";
import type { CommandArguments } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { typedServer, withoutServer, withServer } from "./servers/added-entries.ts";
import type { AddedServer } from "./servers/added-server.ts";
import type { Servers, WindowServer } from "./servers/servers.ts";
import { saveAddedServers } from "./settings.ts";

/** Asks for the address of a supervisor, on this machine or another, and shows it in the view from then on. */
export async function addServer(servers: Servers, secrets: vscode.SecretStorage): Promise<void> {
  const title = t("Add Server");
  const text = await vscode.window.showInputBox({
    title,
    prompt: t("Address of a supervisord: http://host:9001, https://host or the path of its socket"),
    placeHolder: "http://127.0.0.1:9001",
    ignoreFocusOut: true,
    validateInput: wrongAddress,
  });
  if (text === undefined) return;
  const { url, name: usual, credentials } = typedServer(text);
  const prompt = t("What the view calls it");
  const name = await vscode.window.showInputBox({ title, prompt, value: usual, ignoreFocusOut: true });
  if (name === undefined) return;
  await storeCredentials(secrets, url, credentials);
  await saveAddedServers((listed) => withServer(listed, name.trim(), url));
  await servers.discover();
  const server = servers.all.find((one) => one.configFile === null && one.url === url);
  if (server === undefined) return;
  await vscode.commands.executeCommand("supervisord.programs.focus");
  if (asksForPassword(server)) await signIn(servers, secrets, [server.key]);
}

/** Forgets a supervisor that was added, with its password; its programs run on. */
export async function removeServer(
  servers: Servers,
  secrets: vscode.SecretStorage,
  args: CommandArguments,
): Promise<void> {
  const server = await chooseServer(servers, args, isAdded);
  if (server === null) {
    void vscode.window.showInformationMessage(
      t("No server was added here. Those of configurations go with their files."),
    );
    return;
  }
  await saveAddedServers((listed) => withoutServer(listed, server.url));
  await storeCredentials(secrets, server.url, {});
  await servers.discover();
  if (servers.find(server.key) === undefined) return;
  void vscode.window.showInformationMessage(
    t("{0} stands in the settings of this workspace: remove it there.", server.key),
  );
}

function isAdded(server: WindowServer): server is AddedServer {
  return server.configFile === null;
}

function wrongAddress(text: string): string | null {
  try {
    typedServer(text);
    return null;
  } catch (error) {
    return asSentence(error instanceof Error ? error.message : String(error));
  }
}
