import * as vscode from "vscode";
import type { Plan } from "../daemon/protocol/plan.ts";
import { addCommand } from "./add-command.ts";
import { asSentence } from "./log.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { conditionOf } from "./model/condition.ts";
import { t } from "./model/l10n.ts";
import { reloadSummary } from "./model/reload.ts";
import { failureOfPlan, type StartFailure } from "./model/start-failure.ts";
import { findTarget } from "./model/target.ts";
import type { ConfiguredServer } from "./servers/configured-server.ts";
import { reload } from "./servers/perform.ts";
import type { Servers } from "./servers/servers.ts";
import type { ConsentDialog } from "./views/consent-dialog.ts";

/** Starts the supervisor of the configuration that the arguments name, or of the one that is picked. */
export async function startServer(
  servers: Servers,
  consent: ConsentDialog,
  args: CommandArguments,
): Promise<void> {
  const server = await chooseServer(servers, args, ({ view }) => view.state.kind !== "connected");
  if (server === null) {
    const message = servers.all.length === 0 ? noConfiguration() : t("It is running already.");
    await vscode.window.showInformationMessage(message);
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
  for (const server of servers.all) {
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
  const server = await chooseServer(servers, args, ({ client }) => client !== null);
  const client = server?.client;
  if (!server || !client) return;
  const state = server.view.state;
  const isOurs = state.kind === "connected" && state.info !== null;
  if (isOurs && !(await mayReload(server, consent))) return;
  const location = { viewId: "supervisord.programs" };
  const changes = await vscode.window.withProgress({ location }, () => reload(client));
  server.refresh();
  await vscode.window.showInformationMessage(reloadSummary(server.key, changes));
}

/** Ends a supervisor with all its programs, after asking. */
export async function shutDownServer(servers: Servers, args: CommandArguments): Promise<void> {
  const server = await chooseServer(servers, args, ({ client }) => client !== null);
  if (server === null) return;
  const question = t("Shut down the supervisord of {0}?", server.key);
  const detail = t("All its programs are stopped.");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, t("Shut Down"));
  if (answer !== undefined) await server.client?.shutdown();
}

/** Opens the configuration of the server that the arguments name, or of the one that is picked. */
export async function openConfiguration(servers: Servers, args: CommandArguments): Promise<void> {
  const server = await chooseServer(servers, args, () => true);
  if (server !== null) await vscode.window.showTextDocument(vscode.Uri.file(server.configFile));
}

/** Writes a command into a configuration as a program, and offers to start it. */
export async function runCommand(
  servers: Servers,
  consent: ConsentDialog,
  args: CommandArguments,
): Promise<void> {
  if (servers.all.length === 0) {
    const choice = await vscode.window.showInformationMessage(
      noConfiguration(),
      t("Create {0}", "supervisord.conf"),
    );
    if (choice !== undefined) await vscode.commands.executeCommand("supervisord.createConfiguration");
    return;
  }
  const server = await chooseServer(servers, args, () => true);
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

async function chooseServer(
  servers: Servers,
  args: CommandArguments,
  suits: (server: ConfiguredServer) => boolean,
): Promise<ConfiguredServer | null> {
  const [id] = idsOf(args);
  if (id !== undefined) return servers.find(findTarget(servers.views, id)?.server ?? id) ?? null;
  const suitable = servers.all.filter(suits);
  const [only] = suitable;
  if (suitable.length <= 1) return only ?? null;
  const items = suitable.map((server) => ({
    label: server.key,
    description: conditionOf(server.view.state.kind),
    server,
  }));
  return (
    (await vscode.window.showQuickPick(items, { placeHolder: t("Choose a configuration") }))?.server ?? null
  );
}

async function showStartFailure(server: ConfiguredServer, { reason, place }: StartFailure): Promise<void> {
  const choice = await vscode.window.showErrorMessage(asSentence(reason), t("Open Configuration"));
  if (choice === undefined) return;
  const at = new vscode.Position((place?.line ?? 1) - 1, (place?.column ?? 1) - 1);
  const uri = vscode.Uri.file(place?.file ?? server.configFile);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
