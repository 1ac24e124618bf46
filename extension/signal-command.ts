import * as vscode from "vscode";
import { makeNamespec } from "../daemon/protocol/names.ts";
import { summariseFailures } from "./model/act-failure.ts";
import { fits, namedTargets, processesOf } from "./model/acts.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { processKey } from "./model/process-table.ts";
import { signalChoices } from "./model/signals.ts";
import { findTarget, type Target } from "./model/target.ts";
import type { ProcessTarget } from "./ports/program-ports.ts";
import type { Servers } from "./servers/servers.ts";
import { chooseProcess } from "./views/process-picker.ts";

/** Sends a signal that is picked to the programs that the arguments name, or to one that is picked. */
export async function sendSignal(servers: Servers, args: CommandArguments): Promise<void> {
  const targets = await runningTargets(servers, args);
  if (targets.length === 0) return;
  const names = targets.map(({ group, name }) => makeNamespec(group, name)).join(", ");
  const signal = await chooseSignal(names);
  if (signal === null) return;
  const location = { viewId: "supervisord.programs" };
  const failures = await vscode.window.withProgress({ location }, () =>
    Promise.all(targets.map((target) => sendTo(servers, target, signal))),
  );
  const summary = summariseFailures(failures.flat());
  if (summary !== null) await vscode.window.showErrorMessage(summary);
}

async function runningTargets(servers: Servers, args: CommandArguments): Promise<ProcessTarget[]> {
  const ids = idsOf(args);
  if (ids.length === 0) {
    const picked = await chooseProcess(servers, args, t("Send Signal to Program"), ({ pid }) => pid !== null);
    return picked === null ? [] : [picked];
  }
  const named = ids.flatMap((id) => findTarget(servers.views, id) ?? []);
  const running = namedTargets(servers.views, named).flatMap((target) => runningOf(servers, target));
  if (running.length === 0) throw new Error(t("No program is up."));
  return running;
}

function runningOf(servers: Servers, target: Target): ProcessTarget[] {
  return processesOf(servers.views, target)
    .filter((process) => fits("stop", process))
    .map(({ group, name }) => ({ kind: "process", server: target.server, group, name }));
}

async function chooseSignal(names: string): Promise<string | null> {
  const items = signalChoices().map(({ name, meaning }) => ({
    label: `SIG${name}`,
    description: meaning,
    name,
  }));
  const options = { title: t("Send Signal to {0}", names), matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.name ?? null;
}

async function sendTo(servers: Servers, target: ProcessTarget, signal: string): Promise<string[]> {
  const server = servers.find(target.server);
  const name = makeNamespec(target.group, target.name);
  // Many a signal ends a program, which is then no accident.
  servers.tellAct({ server: target.server, keys: [processKey(target)] }, "told");
  try {
    await server?.client?.signalProcess(name, signal);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [t("{0} did not get the signal: {1}.", name, reason)];
  } finally {
    server?.refresh();
  }
}
