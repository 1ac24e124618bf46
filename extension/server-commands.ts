import * as vscode from "vscode";
import type { Plan } from "../daemon/protocol/plan.ts";
import { addCommand } from "./add-command.ts";
import { chooseServer, isConfigured, isConnected } from "./choose-server.ts";
import { confirmEnd } from "./confirm.ts";
import { asSentence } from "./log.ts";
import type { CommandArguments } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { reloadSummary } from "./model/reload.ts";
import { failureOfPlan, type StartFailure } from "./model/start-failure.ts";
import type { ConfiguredServer } from "./servers/configured-server.ts";
import { reload } from "./servers/perform.ts";
import type { Servers, WindowServer } from "./servers/servers.ts";
import type { ConsentDialog } from "./views/consent-dialog.ts";

/** Starts the supervisor of the configuration that the arguments name, or of the one that is picked. */
export async function startServer(
  servers: Servers,
  consent: ConsentDialog,
  args: CommandArguments,
): Promise<void> {
  const server = await chooseServer(servers, args, isDown);
  if (server === null) {
    const message = servers.configured.length === 0 ? noConfiguration() : t("It is running already.");
    void vscode.window.showInformationMessage(message);
    return;
  }
  const failure = await server.start((plan) => consent.ask(plan, server.key, t("Start")));
  if (failure !== null) await showStartFailure(server, failure);
}

/** Starts what is not running when a folder opens, as far as the user's settings allow. */
export async function startOnOpen(
  servers: Servers,
  consent: ConsentDialog,
  mode: "ask" | "always",
): Promise<void> {
  for (const server of servers.configured) {
    // Why another one cannot start is in the view; opening a folder is no reason for a message.
    if (server.view.state.kind !== "notRunning") continue;
    const agree = async (plan: Plan) => mode === "always" || askOnOpen(consent, plan, server.key);
    const failure = await server.start(agree);
    if (failure !== null) await showStartFailure(server, failure);
  }
}

/** Puts the configuration on disk in force, after asking again where it runs other commands than were agreed to. */
export async function reloadServer(
  servers: Servers,
  consent: ConsentDialog,
  args: CommandArguments,
): Promise<void> {
  const server = await chooseServer(servers, args, isConnected);
  const client = server?.client;
  if (!server || !client) return;
  if (isConfigured(server) && isOurs(server) && !(await mayReload(server, consent))) return;
  const location = { viewId: "supervisord.programs" };
  const changes = await vscode.window.withProgress({ location }, () => reload(client));
  server.refresh();
  if (isConfigured(server)) void server.changes.applied();
  void vscode.window.showInformationMessage(reloadSummary(server.key, changes));
}

/** Ends a supervisor with all its programs, after asking. */
export async function shutDownServer(servers: Servers, args: CommandArguments): Promise<void> {
  const server = await chooseServer(servers, args, isConnected);
  if (server === null) return;
  const question = t("Shut down the supervisord of {0}?", server.key);
  const detail = t("All its programs are stopped.");
  if (await confirmEnd(question, detail, t("Shut Down"))) await server.client?.shutdown();
}

/** Writes a command into a configuration as a program, and offers to start it. */
export async function runCommand(
  servers: Servers,
  consent: ConsentDialog,
  args: CommandArguments,
): Promise<void> {
  if (servers.configured.length === 0) {
    const choice = await vscode.window.showInformationMessage(
      noConfiguration(),
      t("Create {0}", "supervisord.conf"),
    );
    if (choice !== undefined) await vscode.commands.executeCommand("supervisord.createConfiguration");
    return;
  }
  const server = await chooseServer(servers, args, isConfigured);
  if (server === null || !(await addCommand(server.configFile))) return;
  const choice = await vscode.window.showInformationMessage(
    t("The program is in the configuration now."),
    t("Start It"),
  );
  if (choice === undefined) return;
  if (server.client === null) await startServer(servers, consent, [server.key]);
  else await reloadServer(servers, consent, [server.key]);
}

function noConfiguration(): string {
  return t("This window has no supervisord.conf.");
}

function isDown(server: WindowServer): server is ConfiguredServer {
  return isConfigured(server) && server.view.state.kind !== "connected";
}

function isOurs({ view: { state } }: WindowServer): boolean {
  return state.kind === "connected" && state.info !== null;
}

async function askOnOpen(consent: ConsentDialog, plan: Plan, label: string): Promise<boolean> {
  if (consent.wasDeclined(plan)) return false;
  const agreed = await consent.ask(plan, label, t("Start"));
  if (!agreed) await consent.decline(plan);
  return agreed;
}

async function mayReload(server: ConfiguredServer, consent: ConsentDialog): Promise<boolean> {
  const plan = await server.plan();
  const failure = failureOfPlan(plan);
  if (failure !== null) throw new Error(failure.reason);
  return consent.ask(plan, server.key, t("Reload"));
}

async function showStartFailure(server: ConfiguredServer, { reason, place }: StartFailure): Promise<void> {
  const choice = await vscode.window.showErrorMessage(asSentence(reason), t("Open Configuration"));
  if (choice === undefined) return;
  const at = new vscode.Position((place?.line ?? 1) - 1, (place?.column ?? 1) - 1);
  const uri = vscode.Uri.file(place?.file ?? server.configFile);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
