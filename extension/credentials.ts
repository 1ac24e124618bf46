import * as vscode from "vscode";
import type { Credentials } from "../daemon/client/address.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { findTarget } from "./model/target.ts";
import type { ConfiguredServer } from "./servers/configured-server.ts";
import type { Servers } from "./servers/servers.ts";

/** The user name and password that were given for a configuration; empty where none were. */
export async function storedCredentials(
  secrets: vscode.SecretStorage,
  configFile: string,
): Promise<Credentials> {
  const text = await secrets.get(secretKey(configFile));
  return text === undefined ? {} : JSON.parse(text);
}

/** Asks for the user name and password of a supervisor that requires them, keeps them and tries again. */
export async function signIn(
  servers: Servers,
  secrets: vscode.SecretStorage,
  args: CommandArguments,
): Promise<void> {
  const server = serverToSignInTo(servers, args);
  if (server === undefined) {
    await vscode.window.showInformationMessage(t("No supervisord of this window asks for a password."));
    return;
  }
  const title = t("Sign In to the Supervisord of {0}", server.key);
  const username = await vscode.window.showInputBox({ title, prompt: t("User name"), ignoreFocusOut: true });
  if (username === undefined) return;
  const options = { title, prompt: t("Password"), password: true, ignoreFocusOut: true };
  const password = await vscode.window.showInputBox(options);
  if (password === undefined) return;
  await secrets.store(secretKey(server.configFile), JSON.stringify({ username, password }));
  await server.look(false);
  if (asksForPassword(server))
    await vscode.window.showErrorMessage(t("The user name or the password is wrong."));
}

function serverToSignInTo(servers: Servers, args: CommandArguments): ConfiguredServer | undefined {
  const [id] = idsOf(args);
  const key = id === undefined ? undefined : findTarget(servers.views, id)?.server;
  return servers.all.find((server) => asksForPassword(server) && (key === undefined || server.key === key));
}

function asksForPassword({ view: { state } }: ConfiguredServer): boolean {
  return state.kind === "unreachable" && state.cause === "password";
}

function secretKey(configFile: string): string {
  return `credentials:${configFile}`;
}
