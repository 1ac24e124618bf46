import type { Process } from "../process.ts";
import { IDLE, type Run } from "../run.ts";
import type { Input } from "../step.ts";
import type { Sweep } from "../sweep.ts";

/** A process as a new daemon takes it up: how it is, and what has happened to it meanwhile. */
export type Resumed = { readonly run: Run; readonly missed: readonly Input[] };

/**
 * How a new daemon goes on with a process that an earlier one recorded. `living` is the pid of its run if that lives,
 * else null. Nobody saw the end of a run that is gone: its exit status is unknown, and policies act on that. With
 * `stopTree` it is looked for what a run that ended left behind: the daemon before may not have come to it.
 */
export function resume(recorded: Process, living: number | null, stopTree: boolean, now: number): Resumed {
  switch (recorded.state) {
    case "STARTING":
      if (recorded.phase === "up") return resumeAlive(recorded, living);
      // The daemon died between its decision to start a child and its note that it had.
      if (living !== null) return { run: runOf(recorded), missed: [{ type: "spawned", pid: living }] };
      return {
        run: runOf({ state: "BACKOFF", failures: recorded.failures, retryAt: now }, stopTree),
        missed: [],
      };
    case "RUNNING":
    case "UNKNOWN":
      return resumeAlive(recorded, living);
    case "STOPPING":
      if (recorded.phase === "program") return resumeAlive(recorded, living);
      return { run: runOf(recorded, stopTree), missed: stopTree ? [] : [{ type: "swept" }] };
    case "BACKOFF":
    case "EXITED":
    case "STOPPED":
    case "FATAL":
      return { run: runOf(recorded, stopTree), missed: [] };
  }
}

function resumeAlive(recorded: Process, living: number | null): Resumed {
  return {
    run: runOf(recorded),
    missed: living === null ? [{ type: "exited", exit: { kind: "unknown" } }] : [],
  };
}

const LOOKING: Sweep = { phase: "looking", forced: false, groupAsked: false };

function runOf(process: Process, sweeps = false): Run {
  return { ...IDLE, process, sweep: sweeps ? LOOKING : null };
}
