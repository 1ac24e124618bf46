import type { ProcessSettings } from "../config/configuration.ts";
import type { ProcessSnapshot } from "../protocol/event-stream.ts";
import { maskSecrets } from "../protocol/secrets.ts";
import type { LastRun } from "./last-run.ts";
import { type Process, pidOf, wakeAt } from "./process.ts";
import type { Run } from "./run.ts";
import { survivorsOf } from "./sweep.ts";

/** What is known of a process at one moment. */
type Known = {
  readonly group: string;
  readonly settings: ProcessSettings;
  readonly process: Process;
  readonly last: LastRun;
  readonly run: Run;
  readonly logs: { readonly stdout: string | null; readonly stderr: string | null };
  readonly outdated: boolean;
  /** The epoch milliseconds at which the clock of the process's deadlines was 0. */
  readonly epochMs: number;
};

/** A process as clients are told of it. */
export function snapshotOf(known: Known): ProcessSnapshot {
  const { group, settings, process, last, run, logs, outdated, epochMs } = known;
  const retryAt = process.state === "STARTING" || process.state === "STOPPING" ? null : wakeAt(process);
  return {
    group,
    name: settings.name,
    state: process.state,
    pid: pidOf(process),
    command: maskSecrets(settings.command),
    priority: settings.priority,
    startedAt: last.startedAt,
    stoppedAt: last.stoppedAt,
    retryAt: retryAt === null ? null : Math.round(epochMs + retryAt),
    exit: last.exit,
    spawnError: last.spawnError,
    expected: process.state === "EXITED" && process.expected,
    stdoutLogfile: logs.stdout,
    stderrLogfile: logs.stderr,
    outdated,
    leftovers: survivorsOf(run.sweep).map(({ pid, command }) => ({ pid, command })),
  };
}
