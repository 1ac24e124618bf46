import type { Exit } from "../../protocol/event-stream.ts";
import type { LastRun } from "../last-run.ts";
import type { Process } from "../process.ts";
import {
  type Forgotten,
  JOURNAL_VERSION,
  type JournalHeader,
  type ProcessRecord,
  type RecordedRun,
} from "./record.ts";

/** What a journal tells of the daemon before. */
export type Past = {
  /** `foreign` is of another daemon, version or start of the machine: nothing of it counts. */
  readonly kind: "none" | "foreign" | "damaged" | "whole";
  /** By `GROUP:NAME`, each as it was last. */
  readonly processes: ReadonlyMap<string, ProcessRecord>;
};

const NOTHING: ReadonlyMap<string, ProcessRecord> = new Map();

/** Reads a journal, null for one that is not there. Lines that make no sense are left out; a torn last one is usual. */
export function readJournal(
  text: string | null,
  expected: { readonly daemon: string; readonly boot: string },
): Past {
  if (text === null) return { kind: "none", processes: NOTHING };
  const [first = "", ...lines] = text.split("\n");
  const header = readHeader(parse(first));
  if (header === null || header.daemon !== expected.daemon || header.boot !== expected.boot)
    return { kind: "foreign", processes: NOTHING };
  const processes = new Map<string, ProcessRecord>();
  let damage = 0;
  for (const line of lines) {
    if (line === "") continue;
    const record = readRecord(parse(line));
    if (record === null) damage += 1;
    else if (record.type === "forgotten") processes.delete(keyOf(record));
    else processes.set(keyOf(record), record);
  }
  return { kind: damage === 0 ? "whole" : "damaged", processes };
}

/** How a process is called in a journal: `GROUP:NAME`. */
export function keyOf({ group, name }: { readonly group: string; readonly name: string }): string {
  return `${group}:${name}`;
}

type Fields = Readonly<Record<string, unknown>>;

function parse(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : null;
  } catch {
    // Torn, or garbage.
    return null;
  }
}

function readHeader(fields: Fields | null): JournalHeader | null {
  if (fields?.type !== "opened" || fields.version !== JOURNAL_VERSION) return null;
  const { daemon, boot } = fields;
  if (typeof daemon !== "string" || typeof boot !== "string") return null;
  return { type: "opened", version: JOURNAL_VERSION, daemon, boot };
}

function readRecord(fields: Fields | null): ProcessRecord | Forgotten | null {
  if (fields === null) return null;
  const { type, group, name } = fields;
  if (typeof group !== "string" || typeof name !== "string") return null;
  if (type === "forgotten") return { type, group, name };
  const process = readProcess(fields.process);
  const last = readLastRun(fields.last);
  const logs = isFields(fields.logs) ? fields.logs : {};
  const run = readRun(fields.run);
  if (type !== "process" || process === null || last === null) return null;
  // A pid that is not that of a known run is nobody's.
  if ("pid" in process && process.pid !== run?.pid) return null;
  return {
    type,
    group,
    name,
    process,
    last,
    run,
    logs: { stdout: textOrNull(logs.stdout), stderr: textOrNull(logs.stderr) },
  };
}

/** The facts of each state that are numbers; the others are checked by name. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  STOPPED: [],
  "STARTING spawning": ["failures", "quickRuns"],
  "STARTING up": ["pid", "startedAt", "quickRuns", "failures", "upAt"],
  RUNNING: ["pid", "startedAt", "quickRuns"],
  BACKOFF: ["failures", "retryAt"],
  "STOPPING program": ["pid", "startedAt", "quickRuns", "killAt"],
  "STOPPING leftovers": [],
  EXITED: [],
  FATAL: [],
  UNKNOWN: ["pid"],
};

const KILLED = ["no", "program", "tree"];

function readProcess(value: unknown): Process | null {
  if (!isFields(value)) return null;
  const kind = [value.state, value.phase].filter((word) => word !== undefined).join(" ");
  const numbers = Object.hasOwn(NUMBERS, kind) ? NUMBERS[kind] : undefined;
  if (numbers === undefined || !numbers.every((name) => Number.isFinite(value[name]))) return null;
  if (kind === "STOPPING program" && !KILLED.includes(String(value.killed))) return null;
  if (kind === "STOPPING leftovers") {
    const exit = readExit(value.exit);
    return { state: "STOPPING", phase: "leftovers", exit };
  }
  if (kind === "EXITED" && !(typeof value.expected === "boolean" && isRestart(value.restart))) return null;
  return value as Process;
}

function isRestart(value: unknown): boolean {
  if (value === null) return true;
  return isFields(value) && Number.isFinite(value.at) && Number.isFinite(value.quickRuns);
}

function readLastRun(value: unknown): LastRun | null {
  if (!isFields(value)) return null;
  const { startedAt, stoppedAt, exitStatus } = value;
  return {
    startedAt: numberOrNull(startedAt),
    stoppedAt: numberOrNull(stoppedAt),
    exit: readExit(value.exit),
    spawnError: textOrNull(value.spawnError),
    exitStatus: numberOrNull(exitStatus) ?? 0,
  };
}

function readExit(value: unknown): Exit | null {
  if (!isFields(value)) return null;
  if (value.kind === "code" && typeof value.code === "number") return { kind: "code", code: value.code };
  if (value.kind === "signal" && typeof value.signal === "string")
    return { kind: "signal", signal: value.signal };
  return { kind: "unknown" };
}

function readRun(value: unknown): RecordedRun | null {
  if (!isFields(value)) return null;
  const { marker, pid, startTime, launch, separateStderr } = value;
  if (typeof marker !== "string" || typeof launch !== "string") return null;
  return {
    marker,
    // A number below is never one process: signals to it would go to many.
    pid: Number.isSafeInteger(pid) && Number(pid) > 1 ? Number(pid) : null,
    startTime: textOrNull(startTime),
    launch,
    separateStderr: separateStderr === true,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
