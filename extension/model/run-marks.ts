import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { describeExit } from "./process-row.ts";

/** The lines that part the runs of a program in its output, for a change of the process; `clock` words an instant. */
export function runMarks(
  before: ProcessSnapshot,
  after: ProcessSnapshot,
  clock: (instantMs: number) => string,
): string[] {
  const marks: string[] = [];
  const at = (instantMs: number | null) => (instantMs === null ? "" : ` · ${clock(instantMs)}`);
  if (before.pid !== null && after.pid !== before.pid) {
    const how = after.exit === null ? "" : ` · ${describeExit(after.exit)}`;
    marks.push(`${after.name} ended · pid ${before.pid}${how}${at(after.stoppedAt)}`);
  }
  if (after.pid !== null && after.pid !== before.pid) {
    marks.push(`${after.name} started · pid ${after.pid}${at(after.startedAt)}`);
  }
  if (after.state !== before.state) marks.push(...failureMarks(after));
  return marks;
}

function failureMarks(process: ProcessSnapshot): string[] {
  const { state, spawnError } = process;
  if (state === "FATAL") return [`${process.name} failed${spawnError === null ? "" : ` · ${spawnError}`}`];
  if (state === "BACKOFF" && spawnError !== null) return [`${process.name} cannot start · ${spawnError}`];
  return [];
}
