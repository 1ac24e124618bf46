import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { t } from "./l10n.ts";
import { describeExit } from "./process-row.ts";
import { supervisorWords } from "./supervisor-words.ts";

/** Words an instant. */
export type Clock = (instantMs: number) => string;

/** The lines that part the runs of a program in its output, for a change of the process. */
export function runMarks(before: ProcessSnapshot, after: ProcessSnapshot, clock: Clock): string[] {
  const marks: string[] = [];
  if (before.pid !== null && after.pid !== before.pid) marks.push(ended(after, before.pid, clock));
  if (after.pid !== null && after.pid !== before.pid) {
    const words = t("{0} started · pid {1}", after.name, after.pid);
    marks.push(words + at(after.startedAt, clock));
  }
  if (after.state !== before.state) marks.push(...failureMarks(after));
  return marks;
}

/** The line below the log of a program that is down already when the log is opened; null for one that is up. */
export function lastEnd(process: ProcessSnapshot, clock: Clock): string | null {
  if (process.pid !== null) return null;
  if (process.exit !== null) return ended(process, null, clock);
  return failureMarks(process)[0] ?? null;
}

function ended(process: ProcessSnapshot, pid: number | null, clock: Clock): string {
  const { name, exit, stoppedAt } = process;
  const words = pid === null ? t("{0} ended", name) : t("{0} ended · pid {1}", name, pid);
  return `${words}${exit === null ? "" : ` · ${describeExit(exit)}`}${at(stoppedAt, clock)}`;
}

function at(instantMs: number | null, clock: Clock): string {
  return instantMs === null ? "" : ` · ${clock(instantMs)}`;
}

function failureMarks({ name, state, spawnError }: ProcessSnapshot): string[] {
  const why = spawnError === null ? "" : ` · ${supervisorWords(spawnError)}`;
  if (state === "FATAL") return [t("{0} failed", name) + why];
  return state === "BACKOFF" && why !== "" ? [t("{0} cannot start", name) + why] : [];
}
