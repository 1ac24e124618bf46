import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { STOPPED_STATES } from "../../daemon/protocol/states.ts";
import type { ProgramName } from "../api.ts";
import { t } from "./l10n.ts";
import { endFacts } from "./process-row.ts";

/** What tasks and other extensions can ask for: an act, or only to wait until a program runs. */
export type ErrandAction = "start" | "stop" | "restart" | "wait";

/** Something that is asked for by name, and done once it is so. */
export type Errand = {
  readonly action: ErrandAction;
  /** A name as commands take it. */
  readonly program: string;
  /** Only there; null for wherever the name is found. */
  readonly server: string | null;
  readonly timeoutMs: number;
};

/** How long an errand may take where nobody says. */
export const USUAL_TIMEOUT_MS = 60_000;

/** The errand for a name as other extensions give it: a string, an id, or a name with its server. */
export function errandFor(action: ErrandAction, name: ProgramName, timeoutMs: number): Errand {
  const { program, server = null } = typeof name === "string" ? { program: name } : name;
  const bar = program.lastIndexOf("|");
  if (bar === -1) return { action, program, server, timeoutMs };
  return { action, program: program.slice(bar + 1), server: program.slice(0, bar), timeoutMs };
}

/** How an errand stands, by what its processes do. */
export type Verdict =
  | { readonly kind: "waiting" }
  | { readonly kind: "done"; readonly sentence: string }
  | { readonly kind: "failed"; readonly process: ProcessSnapshot; readonly sentence: string };

/** Whether the processes are as the errand wants them; one that has failed for good ends it. */
export function verdictOn(action: ErrandAction, processes: readonly ProcessSnapshot[]): Verdict {
  if (action === "stop") return verdictOnStop(processes);
  const failed = processes.find((process) => hasFailed(process));
  if (failed !== undefined) return { kind: "failed", process: failed, sentence: failureOf(failed) };
  const isDone = processes.every((process) => process.state === "RUNNING" || hasDoneItsJob(process));
  return isDone ? { kind: "done", sentence: processes.map(successOf).join(" ") } : { kind: "waiting" };
}

/** What an errand is about to do, as the first line of a task's terminal. */
export function announce(action: ErrandAction, program: string, server: string): string {
  switch (action) {
    case "start":
      return t("Starting {0} of {1}.", program, server);
    case "stop":
      return t("Stopping {0} of {1}.", program, server);
    case "restart":
      return t("Restarting {0} of {1}.", program, server);
    case "wait":
      return t("Waiting until {0} of {1} is running.", program, server);
  }
}

/** Why an errand is given up. */
export function timedOut({ action, program, timeoutMs }: Errand): string {
  const seconds = timeoutMs / 1000;
  return action === "stop"
    ? t("{0} is still not down after {1} seconds.", program, seconds)
    : t("{0} is still not running after {1} seconds.", program, seconds);
}

/** Whether something still happens to one of the processes, so that what the act answered is not the end of it. */
export function isUnderWay(processes: readonly ProcessSnapshot[]): boolean {
  return processes.some(({ state }) => !STOPPED_STATES.has(state));
}

function verdictOnStop(processes: readonly ProcessSnapshot[]): Verdict {
  if (!processes.every(({ state }) => STOPPED_STATES.has(state))) return { kind: "waiting" };
  return { kind: "done", sentence: processes.map((process) => t("{0} is down.", nameOf(process))).join(" ") };
}

function hasFailed(process: ProcessSnapshot): boolean {
  return process.state === "FATAL" || (process.state === "EXITED" && !process.expected);
}

function hasDoneItsJob(process: ProcessSnapshot): boolean {
  return process.state === "EXITED" && process.expected;
}

function successOf(process: ProcessSnapshot): string {
  const name = nameOf(process);
  if (hasDoneItsJob(process)) return t("{0} has done its job.", name);
  return process.pid === null ? t("{0} is running.", name) : t("{0} is running, pid {1}.", name, process.pid);
}

function failureOf(process: ProcessSnapshot): string {
  const [end] = endFacts(process);
  const name = nameOf(process);
  return end === undefined ? t("{0} has failed.", name) : t("{0} has failed: {1}.", name, end);
}

function nameOf({ group, name }: ProcessSnapshot): string {
  return makeNamespec(group, name);
}
