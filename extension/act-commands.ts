import * as vscode from "vscode";
import { makeNamespec } from "../daemon/protocol/names.ts";
import { confirmEnd } from "./confirm.ts";
import { asSentence } from "./log.ts";
import { summariseFailures } from "./model/act-failure.ts";
import { type Act, fits, type NamedTarget, namedTargets, processesOf } from "./model/acts.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { inARow, incidentSentence } from "./model/incident-message.ts";
import { isDown, isFailing } from "./model/incidents.ts";
import { t } from "./model/l10n.ts";
import { processKey } from "./model/process-table.ts";
import { findTarget, serverTarget, type Target, targetId } from "./model/target.ts";
import { portTrouble } from "./ports/port-taken.ts";
import { lastWords } from "./servers/last-words.ts";
import { perform } from "./servers/perform.ts";
import type { Servers } from "./servers/servers.ts";
import { pickTarget } from "./views/program-picker.ts";

/** Starts, stops, restarts or forces to stop what the arguments name, or what is picked. */
export async function actOnPrograms(servers: Servers, act: Act, args: CommandArguments): Promise<void> {
  const ids = idsOf(args);
  if (ids.length > 0) return actOn(servers, act, targetsOf(servers, ids));
  const picked = await pickTarget(servers, act);
  if (picked !== null) await actOn(servers, act, [picked]);
}

/** Starts, stops or restarts every program of the server that the arguments name, or of all servers. */
export async function actOnAll(servers: Servers, act: Act, args: CommandArguments): Promise<void> {
  const ids = idsOf(args);
  const targets = ids.length > 0 ? targetsOf(servers, ids) : connectedServers(servers);
  if (act !== "stop" || (await mayStop(servers, targets))) await actOn(servers, act, targets);
}

async function mayStop(servers: Servers, targets: readonly Target[]): Promise<boolean> {
  const up = targets
    .flatMap((target) => processesOf(servers.views, target))
    .filter((one) => fits("stop", one));
  if (up.length === 0) return true;
  const names = up.map(({ group, name }) => makeNamespec(group, name)).join(", ");
  return confirmEnd(t("Stop all programs ({0})?", up.length), names, t("Stop All"));
}

/** The targets that ids or names mean; throws a sentence where one means nothing here. */
export function targetsOf(servers: Servers, ids: readonly string[]): Target[] {
  return ids.map((id) => {
    const target = findTarget(servers.views, id);
    if (target === null) throw new Error(t("There is no program or group {0} in this window.", id));
    return target;
  });
}

function connectedServers(servers: Servers): Target[] {
  return servers.views.filter(({ state }) => state.kind === "connected").map(serverTarget);
}

async function actOn(servers: Servers, act: Act, selected: readonly Target[]): Promise<void> {
  const targets = namedTargets(servers.views, selected);
  const acted = targets.map((target) => ({ server: target.server, keys: keysOf(servers, target) }));
  for (const one of acted) servers.tellAct(one, "pending");
  const location = { viewId: "supervisord.programs" };
  const failures = await vscode.window.withProgress({ location }, () =>
    Promise.all(targets.map((target) => actOnTarget(servers, act, target))),
  );
  for (const [index, one] of acted.entries())
    servers.tellAct(one, (failures[index]?.length ?? 0) > 0 ? "told" : "done");
  const summary = summariseFailures(failures.flat());
  // The act is over, whenever the user puts the message away.
  if (summary !== null) void showFailures(servers, act, summary, targets);
}

function keysOf(servers: Servers, target: Target): string[] {
  return processesOf(servers.views, target).map(processKey);
}

async function showFailures(
  servers: Servers,
  act: Act,
  summary: string,
  targets: readonly NamedTarget[],
): Promise<void> {
  const [only, ...others] = targets;
  if (only?.kind !== "process" || others.length > 0) {
    await vscode.window.showErrorMessage(summary);
    return;
  }
  const starts = act === "start" || act === "restart";
  const trouble = starts ? await portTrouble(servers, only) : null;
  const show = t("Show Output");
  const free = trouble === null ? [] : [t("Free Port {0}…", trouble.port)];
  const told = (starts ? await deathOf(servers, only) : null) ?? summary;
  const sentence = trouble === null ? told : inARow(told, trouble.sentence);
  const choice = await vscode.window.showErrorMessage(sentence, ...free, show);
  if (choice === undefined) return;
  const command = choice === show ? "supervisord.showOutput" : "supervisord.freePort";
  await vscode.commands.executeCommand(command, targetId(only));
}

/** How a process that was started died, with its last words; null where that is not seen yet. */
async function deathOf(servers: Servers, target: NamedTarget): Promise<string | null> {
  const [process] = processesOf(servers.views, target);
  const client = servers.find(target.server)?.client;
  if (process === undefined || !client || !isFailing(process)) return null;
  const fate = isDown(process) ? "down" : "trying";
  return incidentSentence({ process, fate }, await lastWords(client, process));
}

async function actOnTarget(servers: Servers, act: Act, target: NamedTarget): Promise<string[]> {
  const server = servers.find(target.server);
  const client = server?.client;
  if (!server || !client) return [t("{0} is not running: start it first.", target.server)];
  try {
    return await perform(client, act, target);
  } catch (error) {
    // What goes wrong with one must not hide what became of the others.
    return [asSentence(error instanceof Error ? error.message : String(error))];
  } finally {
    server.refresh();
  }
}
