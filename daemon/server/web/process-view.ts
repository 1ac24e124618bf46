import { describeProcess } from "../../core/description.ts";
import type { ProcessSnapshot } from "../../protocol/event-stream.ts";
import { makeNamespec } from "../../protocol/names.ts";
import { RUNNING_STATES, STOPPED_STATES } from "../../protocol/states.ts";

/** How good a state is, for the eye. */
type Tone = "good" | "busy" | "bad" | "idle";

/** What can be asked of one process. */
export type ProcessAction = "start" | "restart" | "stop" | "clearlog";

/** What the page tells of a process, on the server and in the browser alike. */
export type ProcessView = {
  /** Names the process in URLs and in the page; ASCII only. */
  readonly key: string;
  readonly namespec: string;
  readonly tone: Tone;
  readonly description: string;
  readonly can: (action: ProcessAction) => boolean;
};

/** The page's view of a process at `now` (epoch milliseconds). */
export function viewProcess(process: ProcessSnapshot, now: number): ProcessView {
  return {
    key: keyOf(process),
    namespec: makeNamespec(process.group, process.name),
    tone: toneOf(process),
    description: describe(process, now),
    can: (action) => canDo(process, action),
  };
}

/** The name of a process for URLs and attributes. */
export function keyOf({ group, name }: Pick<ProcessSnapshot, "group" | "name">): string {
  return encodeURIComponent(`${group}:${name}`.toWellFormed());
}

/** How many there are, and how many in each state: `3 processes: 2 running, 1 fatal`. */
export function summarise(processes: readonly Pick<ProcessSnapshot, "state">[]): string {
  if (processes.length === 0) return "no processes";
  const counts = new Map<string, number>();
  for (const { state } of processes) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${state.toLowerCase()}`);
  return `${processes.length} process${processes.length === 1 ? "" : "es"}: ${parts.join(", ")}`;
}

function toneOf(process: ProcessSnapshot): Tone {
  switch (process.state) {
    case "RUNNING":
      return "good";
    case "STARTING":
    case "STOPPING":
      return "busy";
    case "BACKOFF":
    case "FATAL":
    case "UNKNOWN":
      return "bad";
    case "EXITED":
      return process.expected ? "idle" : "bad";
    case "STOPPED":
      return "idle";
  }
}

function canDo(process: ProcessSnapshot, action: ProcessAction): boolean {
  const isUp = RUNNING_STATES.has(process.state);
  switch (action) {
    case "start":
      return STOPPED_STATES.has(process.state);
    case "restart":
      return isUp;
    case "stop":
      return isUp || (process.state === "EXITED" && process.retryAt !== null);
    case "clearlog":
      return true;
  }
}

/** Supervisor's description, with what it leaves out: how the process ended, and when it is tried again. */
function describe(process: ProcessSnapshot, now: number): string {
  const parts = [describeExit(process), describeAsSupervisor(process, now), describeRetry(process, now)];
  return parts.filter((part) => part !== "").join(", ");
}

function describeAsSupervisor(process: ProcessSnapshot, now: number): string {
  const seconds = (at: number | null) => (at === null ? 0 : Math.floor(at / 1000));
  if ((process.state === "STARTING" || process.state === "STOPPING") && process.pid !== null)
    return `pid ${process.pid}`;
  return describeProcess({
    name: makeNamespec(process.group, process.name),
    statename: process.state,
    pid: process.pid ?? 0,
    start: seconds(process.startedAt),
    stop: seconds(process.stoppedAt),
    now: seconds(now),
    spawnerr: process.spawnError ?? "",
  });
}

function describeExit({ state, exit, expected }: ProcessSnapshot): string {
  if (exit === null || (state !== "EXITED" && state !== "BACKOFF" && state !== "FATAL")) return "";
  const surprise = state === "EXITED" && !expected ? " (not expected)" : "";
  switch (exit.kind) {
    case "code":
      return `exit status ${exit.code}${surprise}`;
    case "signal":
      return `ended by ${exit.signal}${surprise}`;
    case "unknown":
      return "exit status unknown";
  }
}

function describeRetry({ retryAt }: ProcessSnapshot, now: number): string {
  if (retryAt === null) return "";
  return `next try in ${Math.max(0, Math.ceil((retryAt - now) / 1000))} s`;
}
