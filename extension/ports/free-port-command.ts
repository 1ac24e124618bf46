import * as vscode from "vscode";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { readProcess } from "../machine/processes.ts";
import type { CommandArguments } from "../model/command-arguments.ts";
import { t } from "../model/l10n.ts";
import { leftBehindId } from "../model/left-behind.ts";
import { describeHolder, type PortHolder } from "../model/ports/holder.ts";
import { targetId } from "../model/target.ts";
import { perform } from "../servers/perform.ts";
import type { Servers } from "../servers/servers.ts";
import { chooseProcess } from "../views/process-picker.ts";
import { type PortTaken, portTaken } from "./port-taken.ts";

const LOCATION = { location: { viewId: "supervisord.programs" } };

/** Tells who holds the port of a program that is down, and stops what is named once that is agreed to. */
export async function freePort(servers: Servers, args: CommandArguments): Promise<void> {
  const title = t("Show What Holds the Port of Program");
  const target = await chooseProcess(servers, args, title, ({ pid }) => pid === null);
  if (target === null) return;
  const name = makeNamespec(target.group, target.name);
  const taken = await vscode.window.withProgress(LOCATION, () => portTaken(servers, target));
  if (taken === null) {
    await vscode.window.showInformationMessage(
      t("Nobody else listens on a port that {0} is known to want.", name),
    );
    return;
  }
  if (!(await stopHolder(servers, name, taken))) return;
  // Another one may have shared it, or taken it at once.
  if ((await portTaken(servers, target)) !== null) return freePort(servers, [targetId(target)]);
  const start = t("Start {0}", name);
  const free = t("Port {0} is free now.", taken.port);
  if ((await vscode.window.showInformationMessage(free, start)) === start)
    await vscode.commands.executeCommand("supervisord.start", targetId(target));
}

/** Whether the port was given up. */
async function stopHolder(servers: Servers, wanted: string, { port, holder }: PortTaken): Promise<boolean> {
  const sentence = describeHolder(wanted, port, holder);
  const stop = stopOf(servers, holder);
  if (stop === null) {
    await vscode.window.showWarningMessage(sentence);
    return false;
  }
  const { label, run } = stop;
  const answer = await vscode.window.showWarningMessage(
    sentence,
    { modal: true, detail: stop.detail },
    label,
  );
  return answer === label && (await run());
}

type Stop = { readonly label: string; readonly detail: string; readonly run: () => Promise<boolean> };

/** How a holder is stopped; null for one that is not to be. */
function stopOf(servers: Servers, holder: PortHolder): Stop | null {
  switch (holder.kind) {
    case "program": {
      const name = makeNamespec(holder.target.group, holder.target.name);
      const detail = t("It is stopped as by its Stop button, with all that it started.");
      return { label: t("Stop {0}", name), detail, run: () => stopProgram(servers, holder) };
    }
    case "leftBehind": {
      const id = leftBehindId(holder.server, holder.pid);
      const run = async () => {
        await vscode.commands.executeCommand("supervisord.stopLeftBehind", id);
        return (await readProcess(holder.pid)) === null;
      };
      return { label: t("Stop {0}", holder.name), detail: t("You are asked once more."), run };
    }
    case "stranger": {
      const detail = t("It is sent SIGTERM, and nothing else is stopped.");
      return { label: t("Stop Process {0}", holder.pid), detail, run: () => stopStranger(holder) };
    }
    case "supervisor":
    case "hidden":
      return null;
  }
}

type Program = Extract<PortHolder, { readonly kind: "program" }>;
type Stranger = Extract<PortHolder, { readonly kind: "stranger" }>;

async function stopProgram(servers: Servers, { target }: Program): Promise<boolean> {
  const server = servers.find(target.server);
  const client = server?.client;
  if (!server || !client) throw new Error(t("{0} is not running: start it first.", target.server));
  const [failure] = await vscode.window.withProgress(LOCATION, () => perform(client, "stop", target));
  server.refresh();
  if (failure !== undefined) throw new Error(failure);
  return true;
}

async function stopStranger(holder: Stranger): Promise<boolean> {
  if (await vscode.window.withProgress(LOCATION, () => signal(holder, "SIGTERM"))) return true;
  const label = t("Kill Process {0}", holder.pid);
  const question = t("Process {0} does not end: {1}", holder.pid, holder.command);
  const detail = t("SIGKILL ends it at once; what it has not written yet is lost.");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, label);
  return answer === label && (await signal(holder, "SIGKILL"));
}

const END_LOOKS = 50;
const LOOK_MS = 100;

/** Whether the process ends by a signal; one that only has its number now is left alone. */
async function signal({ pid, startTime }: Stranger, name: "SIGTERM" | "SIGKILL"): Promise<boolean> {
  const isThere = async () => (await readProcess(pid))?.startTime === startTime;
  if (!(await isThere())) return true;
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(await isThere())) return true;
    throw new Error(t("Process {0} may not be stopped from here: {1}.", pid, String(error)));
  }
  for (let look = 0; look < END_LOOKS; look++) {
    if (!(await isThere())) return true;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return false;
}
