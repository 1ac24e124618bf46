import type { Exit, ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { StateName } from "../../daemon/protocol/states.ts";
import { fittingActs } from "./acts.ts";
import { msUntilDurationChanges, shortDuration, spokenDuration } from "./duration.ts";

/** A codicon and the theme colour that it is drawn in; the shape alone tells the state. */
export type Look = { readonly icon: string; readonly color: string | null };

/** What a process looks like in a list, in text for the eye and for the ear. */
export type ProcessRow = {
  readonly look: Look;
  readonly description: string;
  readonly accessibleLabel: string;
  /** Flags parted by `;`, for the `when` clauses of menus. */
  readonly contextValue: string;
  /** How long the row stays as it is while no event comes; null for good. */
  readonly changesInMs: number | null;
};

/** The row of a process at an instant. */
export function processRow(process: ProcessSnapshot, nowMs: number): ProcessRow {
  const facts = factsOf(process, nowMs);
  return {
    look: lookOf(process),
    description: [process.state, ...facts.short].join(" · "),
    accessibleLabel: [process.name, SPOKEN_STATES[process.state], ...facts.spoken].join(", "),
    contextValue: ["process", ...fittingActs([process])].join(";"),
    changesInMs: facts.changesInMs,
  };
}

/** How a process ended, in words that follow its name. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case "code":
      return `exit code ${exit.code}`;
    case "signal":
      return `ended by ${exit.signal}`;
    case "unknown":
      return "end not seen";
  }
}

const LOOKS: Readonly<Record<StateName, Look>> = {
  STOPPED: { icon: "circle-outline", color: "supervisord.stoppedForeground" },
  STARTING: { icon: "loading~spin", color: "supervisord.changingForeground" },
  RUNNING: { icon: "circle-filled", color: "supervisord.runningForeground" },
  BACKOFF: { icon: "warning", color: "supervisord.backoffForeground" },
  STOPPING: { icon: "sync~spin", color: "supervisord.changingForeground" },
  EXITED: { icon: "pass", color: "supervisord.stoppedForeground" },
  FATAL: { icon: "error", color: "supervisord.fatalForeground" },
  UNKNOWN: { icon: "question", color: "supervisord.backoffForeground" },
};

const UNEXPECTED_EXIT: Look = { icon: "circle-slash", color: "supervisord.backoffForeground" };

const SPOKEN_STATES: Readonly<Record<StateName, string>> = {
  STOPPED: "stopped",
  STARTING: "starting",
  RUNNING: "running",
  BACKOFF: "failed to start, waiting to try again",
  STOPPING: "stopping",
  EXITED: "exited",
  FATAL: "failed",
  UNKNOWN: "in an unknown state",
};

function lookOf(process: ProcessSnapshot): Look {
  return process.state === "EXITED" && !process.expected ? UNEXPECTED_EXIT : LOOKS[process.state];
}

type Facts = {
  readonly short: readonly string[];
  readonly spoken: readonly string[];
  readonly changesInMs: number | null;
};

function factsOf(process: ProcessSnapshot, nowMs: number): Facts {
  const { short, spoken, changesInMs } = factsOfState(process, nowMs);
  const leftovers = leftoverFacts(process);
  return { short: [...short, ...leftovers], spoken: [...spoken, ...leftovers], changesInMs };
}

function factsOfState(process: ProcessSnapshot, nowMs: number): Facts {
  switch (process.state) {
    case "RUNNING":
      return runningFacts(process, nowMs);
    case "STARTING":
    case "STOPPING":
      return still(pidFacts(process));
    case "BACKOFF":
      return backoffFacts(process, nowMs);
    case "EXITED":
    case "FATAL":
    case "UNKNOWN":
      return still(endFacts(process));
    case "STOPPED":
      return still([]);
  }
}

function still(words: readonly string[]): Facts {
  return { short: words, spoken: words, changesInMs: null };
}

function runningFacts(process: ProcessSnapshot, nowMs: number): Facts {
  const pid = pidFacts(process);
  if (process.startedAt === null) return still(pid);
  const upMs = nowMs - process.startedAt;
  return {
    short: [...pid, shortDuration(upMs)],
    spoken: [...pid, `up ${spokenDuration(upMs)}`],
    changesInMs: msUntilDurationChanges(upMs),
  };
}

function backoffFacts(process: ProcessSnapshot, nowMs: number): Facts {
  const end = endFacts(process);
  const waitMs = (process.retryAt ?? 0) - nowMs;
  if (waitMs <= 0) return still(end);
  const seconds = Math.ceil(waitMs / 1000);
  return {
    short: [`retry in ${shortDuration(seconds * 1000)}`, ...end],
    spoken: end,
    changesInMs: waitMs - (seconds - 1) * 1000,
  };
}

function pidFacts(process: ProcessSnapshot): string[] {
  return process.pid === null ? [] : [`pid ${process.pid}`];
}

/** What is waited for though the program itself has ended. */
function leftoverFacts({ leftovers }: ProcessSnapshot): string[] {
  const [first, ...more] = leftovers;
  if (first === undefined) return [];
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return [`stopping what it left behind: pid ${first.pid} (${first.command})${others}`];
}

/** Supervisor's words for a program that ran, but not for `startsecs`: how it ended says more. */
const TOO_QUICK = "Exited too quickly";

function endFacts({ spawnError, exit }: ProcessSnapshot): string[] {
  if (spawnError !== null && (exit === null || !spawnError.startsWith(TOO_QUICK))) return [spawnError];
  return exit === null ? [] : [describeExit(exit)];
}
