import * as vscode from "vscode";
import type { Credentials } from "../daemon/client/address.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { findTarget } from "./model/target.ts";
import type { Servers, WindowServer } from "./servers/servers.ts";

/** The user name and password that were given for a configuration or an address; empty where none were. */
export async function storedCredentials(secrets: vscode.SecretStorage, server: string): Promise<Credentials> {
  const text = await secrets.get(secretKey(server));
  return text === undefined ? {} : JSON.parse(text);
}

/** Keeps them in the editor's secret storage; none removes what was kept. */
export async function storeCredentials(
  secrets: vscode.SecretStorage,
  server: string,
  credentials: Credentials,
): Promise<void> {
  if (credentials.username === undefined) await secrets.delete(secretKey(server));
  else await secrets.store(secretKey(server), JSON.stringify(credentials));
}

/** Asks for the user name and password of a supervisor that requires them, keeps them and tries again. */
export async function signIn(
  servers: Servers,
  secrets: vscode.SecretStorage,
  args: CommandArguments,
): Promise<void> {
  const server = serverToSignInTo(servers, args);
  if (server === undefined) {
    void vscode.window.showInformationMessage(t("No supervisord of this window asks for a password."));
    return;
  }
  const title = t("Sign In to the Supervisord of {0}", server.key);
  const username = await vscode.window.showInputBox({ title, prompt: t("User name"), ignoreFocusOut: true });
  if (username === undefined) return;
  const prompt = isReadableOnTheWay(server)
    ? t("Password. The address is http without TLS: who listens on the network can read it.")
    : t("Password");
  const password = await vscode.window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true });
  if (password === undefined) return;
  await storeCredentials(secrets, server.configFile ?? server.url, { username, password });
  await server.look(false);
  if (asksForPassword(server))
    void vscode.window.showErrorMessage(t("The user name or the password is wrong."));
}

/** Whether a supervisor refused for want of a user name and password. */
export function asksForPassword({ view: { state }, client }: WindowServer): boolean {
  // One that has let the window in is shown as such only once it has told of its programs.
  return client === null && state.kind === "unreachable" && state.cause === "password";
}

function serverToSignInTo(servers: Servers, args: CommandArguments): WindowServer | undefined {
  const [id] = idsOf(args);
  const key = id === undefined ? undefined : (findTarget(servers.views, id)?.server ?? id);
  return servers.all.find((server) => asksForPassword(server) && (key === undefined || server.key === key));
}

function isReadableOnTheWay(server: WindowServer): boolean {
  return server.configFile === null && /^http:\/\/(?!(?:127\.|localhost\b|\[::1\]))/.test(server.url);
}

function secretKey(server: string): string {
  return `credentials:${server}`;
}
