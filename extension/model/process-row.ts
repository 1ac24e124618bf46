import type { Exit, ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { StateName } from "../../daemon/protocol/states.ts";
import { fittingActs } from "./acts.ts";
import { needsAttention } from "./attention.ts";
import { msUntilDurationChanges, roughDuration, shortDuration, spokenDuration } from "./duration.ts";
import { t } from "./l10n.ts";
import { DEFAULT_FIELDS, describeExtra, type Extra, NO_EXTRA, type RowField } from "./row-fields.ts";
import { supervisorWords } from "./supervisor-words.ts";

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

/** The row of a process at an instant, with these fields of what is known of it. */
export function processRow(
  process: ProcessSnapshot,
  nowMs: number,
  fields: readonly RowField[] = DEFAULT_FIELDS,
  extra: Extra = NO_EXTRA,
): ProcessRow {
  const facts = factsOf(process, nowMs, fields);
  const state = fields.includes("state") ? [process.state] : [];
  const extras = fields.flatMap((field) => describeExtra(field, extra) ?? []);
  return {
    look: lookOf(process),
    description: [...state, ...facts.short, ...extras].join(" · "),
    accessibleLabel: [process.name, spokenState(process.state), ...facts.spoken].join(", "),
    contextValue: ["process", ...fittingActs([process]), ...flagsOf(process)].join(";"),
    changesInMs: facts.changesInMs,
  };
}

/** What menus want to know beside the acts that fit. */
function flagsOf(process: ProcessSnapshot): string[] {
  return needsAttention(process) ? ["failing"] : [];
}

/** How a process ended, in words that follow its name. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case "code":
      return t("exit code {0}", exit.code);
    case "signal":
      return t("ended by {0}", exit.signal);
    case "unknown":
      return t("end not seen");
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

/** Whether what looks so is on its way to another state. */
export function spins({ icon }: Look): boolean {
  return icon.endsWith("~spin");
}

const UNEXPECTED_EXIT: Look = { icon: "circle-slash", color: "supervisord.backoffForeground" };

/** A state as it is read out. */
function spokenState(state: StateName): string {
  switch (state) {
    case "STOPPED":
      return t("stopped");
    case "STARTING":
      return t("starting");
    case "RUNNING":
      return t("running");
    case "BACKOFF":
      return t("failed to start, waiting to try again");
    case "STOPPING":
      return t("stopping");
    case "EXITED":
      return t("exited");
    case "FATAL":
      return t("failed");
    case "UNKNOWN":
      return t("in an unknown state");
  }
}

/** The shape and colour of a process. */
function lookOf(process: ProcessSnapshot): Look {
  return process.state === "EXITED" && !process.expected ? UNEXPECTED_EXIT : LOOKS[process.state];
}

type Facts = {
  readonly short: readonly string[];
  readonly spoken: readonly string[];
  readonly changesInMs: number | null;
};

function factsOf(process: ProcessSnapshot, nowMs: number, fields: readonly RowField[]): Facts {
  const { short, spoken, changesInMs } = factsOfState(process, nowMs, fields);
  const leftovers = leftoverFacts(process);
  return { short: [...short, ...leftovers], spoken: [...spoken, ...leftovers], changesInMs };
}

function factsOfState(process: ProcessSnapshot, nowMs: number, fields: readonly RowField[]): Facts {
  switch (process.state) {
    case "RUNNING":
      return runningFacts(process, nowMs, fields);
    case "STARTING":
    case "STOPPING":
      return still(pidFacts(process, fields));
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

function runningFacts(process: ProcessSnapshot, nowMs: number, fields: readonly RowField[]): Facts {
  const pid = pidFacts(process, fields);
  if (process.startedAt === null || !fields.includes("uptime")) return still(pid);
  const upMs = nowMs - process.startedAt;
  return {
    short: [...pid, roughDuration(upMs)],
    spoken: [...pid, t("up {0}", spokenDuration(upMs))],
    changesInMs: msUntilDurationChanges(upMs),
  };
}

/** A wait of seconds is over before anybody has read how many; a longer one is told in minutes. */
function backoffFacts(process: ProcessSnapshot, nowMs: number): Facts {
  const end = endFacts(process);
  const waitMs = (process.retryAt ?? 0) - nowMs;
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  if (minutes <= 1) return still(end);
  return {
    short: [t("retry in {0}", shortDuration(minutes * MINUTE_MS)), ...end],
    spoken: end,
    changesInMs: waitMs - (minutes - 1) * MINUTE_MS,
  };
}

const MINUTE_MS = 60_000;

function pidFacts({ pid }: ProcessSnapshot, fields: readonly RowField[]): string[] {
  return pid === null || !fields.includes("pid") ? [] : [t("pid {0}", pid)];
}

/** What is waited for though the program itself has ended. */
function leftoverFacts({ leftovers }: ProcessSnapshot): string[] {
  const [first, ...more] = leftovers;
  if (first === undefined) return [];
  return more.length === 0
    ? [t("stopping what it left behind: pid {0} ({1})", first.pid, first.command)]
    : [t("stopping what it left behind: pid {0} ({1}) and {2} more", first.pid, first.command, more.length)];
}

/** Supervisor's words for a program that ran, but not for `startsecs`: how it ended says more. */
export const TOO_QUICK = "Exited too quickly";

/** Supervisor's words for a program that ended with a code that is not expected: the code says as much. */
export const BAD_CODE = "Bad exit code";

/** How a process ended, or why it could not be started; empty where neither is known. */
export function endFacts({ spawnError, exit }: ProcessSnapshot): string[] {
  const hasRun = [TOO_QUICK, BAD_CODE].some((words) => spawnError?.startsWith(words));
  if (spawnError !== null && (exit === null || !hasRun)) return [supervisorWords(spawnError)];
  return exit === null ? [] : [describeExit(exit)];
}
