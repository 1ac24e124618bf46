import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { type ProcessTable, processKey } from "./process-table.ts";

/** What became of a program that ended by itself, or could not start. */
export type Fate =
  /** It stays down. */
  | "down"
  /** It is tried again. */
  | "trying"
  /** It ran, ended and runs again. */
  | "restarted";

/** Something to tell once: a program died, and nobody had asked for it. `process` is as it was when it did. */
export type Incident = { readonly process: ProcessSnapshot; readonly fate: Fate };

/** What is known of one server: the processes that were seen last, and those that are in trouble. */
export type Watched = {
  /** Null before anything was seen. */
  readonly processes: ProcessTable | null;
  readonly troubles: ReadonlyMap<string, Trouble>;
  /** Processes that somebody acts on, and until when what they do is told by who acts. */
  readonly quietUntil: ReadonlyMap<string, number>;
};

/** A process that died and was not well for long enough since. Instants are milliseconds. */
type Trouble = {
  /** As it was when it died. */
  readonly process: ProcessSnapshot;
  readonly since: number;
  /** What is told of it by now: that it stays down is told after it ran again, but nothing twice. */
  readonly told: Fate | null;
  readonly wellSince: number | null;
};

export const UNSEEN: Watched = { processes: null, troubles: new Map(), quietUntil: new Map() };
/** A server that this window has started: what fails at once is news. */
export const STARTED: Watched = { ...UNSEEN, processes: new Map() };

/** A supervisor that starts a program again does so at once. */
const SETTLE_MS = 500;
/** One that cannot be started at once may be the next time. */
const RETRY_MS = 2000;
/** One that is to start again may take long to do so. */
const PATIENCE_MS = 10_000;
/** A program that dies again before it ran for so long is in the same trouble still. */
const STEADY_MS = 60_000;

const NONE_HELD: ReadonlySet<string> = new Set();

/** A step of watching: what is known then, what is to be told, and when to look again though nothing changes. */
export type WatchStep = {
  readonly next: Watched;
  readonly due: readonly Incident[];
  readonly wakeAt: number | null;
};

/** Looks at the processes at an instant; of those that are `held` nothing is told until they are not. */
export function watchProcesses(
  before: Watched,
  processes: ProcessTable,
  nowMs: number,
  held: ReadonlySet<string> = NONE_HELD,
): WatchStep {
  const troubles = new Map<string, Trouble>();
  const due: Incident[] = [];
  const wakes: number[] = [];
  for (const process of processes.values()) {
    const key = processKey(process);
    const trouble = troubleOf(before, key, process, nowMs);
    if (trouble === null) continue;
    const step = held.has(key) ? NOTHING : tell(trouble, process, nowMs);
    if (step.fate !== null) due.push({ process: trouble.process, fate: step.fate });
    if (step.wakeAt !== null) wakes.push(step.wakeAt);
    if (step.isOver) continue;
    troubles.set(key, step.fate === null ? trouble : { ...trouble, told: toldBy(step.fate, trouble) });
  }
  const quietUntil = new Map([...before.quietUntil].filter(([, until]) => until > nowMs));
  return {
    next: { processes, troubles, quietUntil },
    due,
    wakeAt: wakes.length === 0 ? null : Math.min(...wakes),
  };
}

/** The same watching, where whoever acts on these processes tells until `untilMs` what becomes of them. */
export function hush(watched: Watched, keys: readonly string[], untilMs: number): Watched {
  const quietUntil = new Map([...watched.quietUntil, ...keys.map((key): [string, number] => [key, untilMs])]);
  const troubles = new Map(
    [...watched.troubles].map(([key, trouble]) => [
      key,
      keys.includes(key) ? { ...trouble, told: "down" as const } : trouble,
    ]),
  );
  return { ...watched, quietUntil, troubles };
}

/** Whether a process is down or tried again though nobody asked for that. */
export function isFailing(process: ProcessSnapshot): boolean {
  const { state } = process;
  return state === "FATAL" || state === "BACKOFF" || (state === "EXITED" && !process.expected);
}

/** Whether nobody tries it again by itself. */
export function isDown(process: ProcessSnapshot): boolean {
  return isFailing(process) && process.state !== "BACKOFF" && process.retryAt === null;
}

function troubleOf(before: Watched, key: string, process: ProcessSnapshot, nowMs: number): Trouble | null {
  const known = before.troubles.get(key) ?? null;
  if (isFailing(process)) return failed(before, key, process, known, nowMs);
  if (known === null) return null;
  if (process.state === "RUNNING") return well(known, nowMs);
  if (process.state === "STARTING") return stayedDown(known) ? null : { ...known, wellSince: null };
  return null;
}

function failed(
  before: Watched,
  key: string,
  process: ProcessSnapshot,
  known: Trouble | null,
  nowMs: number,
): Trouble {
  const wasSeen = before.processes !== null;
  const isQuiet = (before.quietUntil.get(key) ?? 0) > nowMs;
  const isAnew = known === null || isSteady(known, nowMs) || (stayedDown(known) && !isDown(process));
  if (isAnew) {
    return { process, since: nowMs, told: wasSeen && !isQuiet ? null : "down", wellSince: null };
  }
  // A program that ran and cannot come up again has died all the same.
  const died = known.process.state === "EXITED" && process.state === "BACKOFF" ? known.process : process;
  return { ...known, process: died, since: known.wellSince === null ? known.since : nowMs, wellSince: null };
}

/** Whoever starts what stayed down is told of it anew. */
function stayedDown({ told, process }: Trouble): boolean {
  return told === "down" && isDown(process);
}

function well(known: Trouble, nowMs: number): Trouble | null {
  return isSteady(known, nowMs) ? null : { ...known, wellSince: known.wellSince ?? nowMs };
}

function isSteady({ wellSince }: Trouble, nowMs: number): boolean {
  return wellSince !== null && nowMs - wellSince >= STEADY_MS;
}

type Telling = { readonly fate: Fate | null; readonly wakeAt: number | null; readonly isOver: boolean };

const NOTHING: Telling = { fate: null, wakeAt: null, isOver: false };

/** Decides whether it is time to tell of a trouble. */
function tell(trouble: Trouble, process: ProcessSnapshot, nowMs: number): Telling {
  if (trouble.told === "down") return NOTHING;
  if (process.state === "RUNNING") return tellOfRunning(trouble);
  if (process.state === "FATAL") return { ...NOTHING, fate: "down" };
  if (isDown(process)) return tellAfter(trouble, "down", SETTLE_MS, nowMs);
  if (trouble.told !== null) return NOTHING;
  const waitMs = trouble.process.state === "BACKOFF" ? RETRY_MS : PATIENCE_MS;
  return tellAfter(trouble, "trying", waitMs, nowMs);
}

function tellAfter({ since }: Trouble, fate: Fate, waitMs: number, nowMs: number): Telling {
  return nowMs >= since + waitMs ? { ...NOTHING, fate } : { ...NOTHING, wakeAt: since + waitMs };
}

/** A program that came up at last is well; one that had been up and died is worth a word. */
function tellOfRunning({ told, process }: Trouble): Telling {
  if (told !== null) return NOTHING;
  return process.state === "EXITED" ? { ...NOTHING, fate: "restarted" } : { ...NOTHING, isOver: true };
}

/** Of a program that does not start everything is told with the first word, though it is tried some more. */
function toldBy(fate: Fate, { process }: Trouble): Fate {
  return fate === "trying" && process.state === "BACKOFF" ? "down" : fate;
}
