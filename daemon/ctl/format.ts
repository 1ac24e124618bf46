import type { ConfigChanges, ConfigInfo } from "../client/shapes.ts";
import { compareText } from "../config/python/text.ts";
import { FAULT_CODES } from "../protocol/faults.ts";
import { makeNamespec } from "../protocol/names.ts";
import type { ActionResult, ProcessInfo } from "../protocol/process-info.ts";

/** One line for each process: name, state and description in columns. */
export function statusLines(processes: readonly ProcessInfo[]): string[] {
  const names = processes.map(({ group, name }) => makeNamespec(group, name));
  const width = Math.max(30, ...names.map((name) => name.length)) + 3;
  return processes.map(
    ({ statename, description }, index) =>
      `${(names[index] ?? "").padEnd(width)}${statename.padEnd(10)}${description}`,
  );
}

/** What `status -v` adds below the line of a process. */
export function detailLines(process: ProcessInfo): string[] {
  const details: [string, string][] = [
    ["started", instant(process.start)],
    ["stopped", instant(process.stop)],
    ["exit status", process.stop > process.start ? String(process.exitstatus) : ""],
    ["spawn error", process.spawnerr],
    ["stdout", process.stdout_logfile],
    ["stderr", process.stderr_logfile],
  ];
  return details.filter(([, value]) => value !== "").map(([what, value]) => `    ${what.padEnd(12)}${value}`);
}

function instant(seconds: number): string {
  return seconds === 0 ? "" : new Date(seconds * 1000).toISOString();
}

/** One line of `avail`. */
export function availLine(config: ConfigInfo): string {
  const name = makeNamespec(config.group, config.name).padEnd(32);
  const use = (config.inuse ? "in use" : "avail").padEnd(9);
  const start = (config.autostart ? "auto" : "manual").padEnd(9);
  return `${name} ${use} ${start} ${config.group_prio}:${config.process_prio}`;
}

/** What `reread` says of the groups that differ. */
export function changeLines({ added, changed, removed }: ConfigChanges): string[] {
  const words = new Map([
    ...added.map((name) => [name, "available"] as const),
    ...changed.map((name) => [name, "changed"] as const),
    ...removed.map((name) => [name, "disappeared"] as const),
  ]);
  if (words.size === 0) return ["No config updates to processes"];
  return [...words].sort(([a], [b]) => compareText(a, b)).map(([name, word]) => `${name}: ${word}`);
}

/** What happened to a process, as one line. */
export type ResultFormat = (result: ActionResult) => string;

export const startResult: ResultFormat = (result) => resultLine(result, "started");
export const stopResult: ResultFormat = (result) => signalLine(result, "stopped");
export const signalResult: ResultFormat = (result) => signalLine(result, "signalled");
export const clearResult: ResultFormat = (result) =>
  result.status === FAULT_CODES.FAILED
    ? `${makeNamespec(result.group, result.name)}: ERROR (failed)`
    : resultLine(result, "cleared");

/** A signal that the system refused is told in the server's whole words, which name the process. */
function signalLine(result: ActionResult, success: string): string {
  return result.status === FAULT_CODES.FAILED ? result.description : resultLine(result, success);
}

function resultLine({ group, name, status, description }: ActionResult, success: string): string {
  const namespec = makeNamespec(group, name);
  if (status === FAULT_CODES.SUCCESS) return `${namespec}: ${success}`;
  return `${namespec}: ERROR (${REASONS.get(status) ?? description})`;
}

const REASONS: ReadonlyMap<number, string> = new Map([
  [FAULT_CODES.BAD_NAME, "no such process"],
  [FAULT_CODES.BAD_SIGNAL, "bad signal name"],
  [FAULT_CODES.NO_FILE, "no such file"],
  [FAULT_CODES.NOT_EXECUTABLE, "file is not executable"],
  [FAULT_CODES.ALREADY_STARTED, "already started"],
  [FAULT_CODES.SPAWN_ERROR, "spawn error"],
  [FAULT_CODES.ABNORMAL_TERMINATION, "abnormal termination"],
  [FAULT_CODES.NOT_RUNNING, "not running"],
]);
