import type { EndedRun } from "../protocol/ended-run.ts";
import type { Exit } from "../protocol/event-stream.ts";

/** What is known of a process's last run. Times are epoch milliseconds. */
export type LastRun = {
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  readonly exit: Exit | null;
  readonly spawnError: string | null;
  /** As Supervisor reports it: a run that was too short counts as 0, a signal as -1. */
  readonly exitStatus: number;
};

/** Before the first run. */
export const NEVER_RUN: LastRun = {
  startedAt: null,
  stoppedAt: null,
  exit: null,
  spawnError: null,
  exitStatus: 0,
};

/** The last run with its end in it, and that end as it is remembered. */
export function endedRun(
  before: LastRun,
  exit: Exit,
  endedAt: number,
  tooQuick: boolean,
): { readonly last: LastRun; readonly run: EndedRun } {
  const { startedAt } = before;
  const status = exit.kind === "code" ? exit.code : -1;
  return {
    last: { ...before, stoppedAt: endedAt, exit, exitStatus: tooQuick ? 0 : status },
    run: { endedAt, exit, lastedMs: startedAt === null ? null : endedAt - startedAt },
  };
}
