import type { EndedRun } from "../protocol/ended-run.ts";
import type { Exit, LeftBehind } from "../protocol/event-stream.ts";
import type { ActionResult, ProcessInfo } from "../protocol/process-info.ts";
import { STATE_CODES, type StateName } from "../protocol/states.ts";
import type { XmlRpcValue } from "../xml-rpc/value.ts";

/** One process of the configuration on disk, of what `getAllConfigInfo` returns that commands show. */
export type ConfigInfo = {
  readonly group: string;
  readonly name: string;
  /** Whether its group is active in the daemon. */
  readonly inuse: boolean;
  readonly autostart: boolean;
  readonly group_prio: number;
  readonly process_prio: number;
  /** Empty where the server does not say, as releases before 4.2 do. */
  readonly command: string;
  readonly directory: string | null;
};

/** All that `getAllConfigInfo` tells of one process, as words, by Supervisor's names. */
export type ConfigOptions = {
  readonly group: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
};

/** Names of the groups that `reloadConfig` found to differ from those in force. */
export type ConfigChanges = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

/** The readers of answers: each throws where the server answers with another shape than the method has. */
export function toProcessInfo(value: XmlRpcValue): ProcessInfo {
  const struct = toStruct(value);
  return {
    name: textOf(struct, "name"),
    group: textOf(struct, "group"),
    start: numberOf(struct, "start"),
    stop: numberOf(struct, "stop"),
    now: numberOf(struct, "now"),
    state: numberOf(struct, "state"),
    statename: toStateName(textOf(struct, "statename")),
    spawnerr: textOf(struct, "spawnerr"),
    exitstatus: numberOf(struct, "exitstatus"),
    logfile: textOf(struct, "logfile"),
    stdout_logfile: textOf(struct, "stdout_logfile"),
    stderr_logfile: textOf(struct, "stderr_logfile"),
    pid: numberOf(struct, "pid"),
    description: textOf(struct, "description"),
  };
}

/** Reads what `getAllConfigInfo` says of one process. */
export function toConfigInfo(value: XmlRpcValue): ConfigInfo {
  const struct = toStruct(value);
  return {
    group: textOf(struct, "group"),
    name: textOf(struct, "name"),
    inuse: struct.inuse === true,
    autostart: struct.autostart === true,
    group_prio: numberOf(struct, "group_prio"),
    process_prio: numberOf(struct, "process_prio"),
    command: typeof struct.command === "string" ? struct.command : "",
    directory: directoryOf(struct.directory),
  };
}

/** What is not set is "none" on the wire. */
function directoryOf(value: XmlRpcValue | undefined): string | null {
  return typeof value === "string" && value !== "none" ? value : null;
}

/** Keys of it that are no options of a process. */
const NO_OPTIONS: ReadonlySet<string> = new Set(["group", "name", "inuse"]);

/** Reads all that `getAllConfigInfo` says of one process. */
export function toConfigOptions(value: XmlRpcValue): ConfigOptions {
  const struct = toStruct(value);
  const options = Object.entries(struct).filter(([name]) => !NO_OPTIONS.has(name));
  return {
    group: textOf(struct, "group"),
    name: textOf(struct, "name"),
    options: Object.fromEntries(options.map(([name, item]) => [name, String(item)])),
  };
}

/** Reads what `supervisord.getEndedRuns` says of one run. */
export function toEndedRun(value: XmlRpcValue): EndedRun {
  const struct = toStruct(value);
  const [seconds, code] = [numberOf(struct, "seconds"), numberOf(struct, "exitstatus")];
  return {
    endedAt: numberOf(struct, "stop") * 1000,
    exit: exitOf(code, textOf(struct, "signal")),
    lastedMs: seconds < 0 ? null : Math.round(seconds * 1000),
  };
}

function exitOf(code: number, signal: string): Exit {
  if (signal !== "") return { kind: "signal", signal };
  return code >= 0 ? { kind: "code", code } : { kind: "unknown" };
}

/** Reads what `supervisord.getLeftovers` says of one program. */
export function toLeftBehind(value: XmlRpcValue): LeftBehind {
  const struct = toStruct(value);
  return {
    pid: numberOf(struct, "pid"),
    name: textOf(struct, "name"),
    command: textOf(struct, "command"),
    reason: textOf(struct, "reason"),
  };
}

/** Reads what a method that acts on many processes says of one. */
export function toActionResult(value: XmlRpcValue): ActionResult {
  const struct = toStruct(value);
  return {
    name: textOf(struct, "name"),
    group: textOf(struct, "group"),
    status: numberOf(struct, "status"),
    description: textOf(struct, "description"),
  };
}

/** Reads the three lists of names, in a list of their own, that `reloadConfig` returns. */
export function toConfigChanges(value: XmlRpcValue): ConfigChanges {
  const [lists] = toList(value, (item) => toList(item, (names) => toList(names, toText)));
  const [added = [], changed = [], removed = []] = lists ?? [];
  return { added, changed, removed };
}

/** Reads a list, each item as told. */
export function toList<T>(value: XmlRpcValue, read: (item: XmlRpcValue) => T): T[] {
  if (!Array.isArray(value)) throw unexpected("a list", value);
  return value.map((item) => read(item));
}

export function toText(value: XmlRpcValue): string {
  if (typeof value !== "string") throw unexpected("a text", value);
  return value;
}

export function toNumber(value: XmlRpcValue): number {
  if (typeof value !== "number") throw unexpected("a number", value);
  return value;
}

type Struct = { readonly [name: string]: XmlRpcValue };

export function toStruct(value: XmlRpcValue): Struct {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw unexpected("a struct", value);
  return value as Struct;
}

/** A text that is not set is empty, or missing from servers that have no such thing. */
function textOf(struct: Struct, name: string): string {
  return toText(struct[name] ?? "");
}

function numberOf(struct: Struct, name: string): number {
  return toNumber(struct[name] ?? null);
}

function toStateName(name: string): StateName {
  return Object.hasOwn(STATE_CODES, name) ? (name as StateName) : "UNKNOWN";
}

function unexpected(wanted: string, value: XmlRpcValue): Error {
  const text = JSON.stringify(value).slice(0, 80);
  return new Error(`cannot use the supervisor's answer: ${wanted} was expected where ${text} stands`);
}
