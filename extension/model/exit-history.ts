import { ENDED_RUNS_KEPT, type EndedRun } from "../../daemon/protocol/ended-run.ts";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { Server } from "./server.ts";
import { targetId } from "./target.ts";

/** What was seen of one process. */
export type History = {
  /** The last runs, the latest first. */
  readonly runs: readonly EndedRun[];
  /** How often it was started again since it was first seen. */
  readonly restarts: number;
  readonly startedAt: number | null;
};

/** By the id of the process. */
export type Histories = ReadonlyMap<string, History>;

/** The histories with what these servers tell now; the same object where they tell nothing new. */
export function withNewRuns(histories: Histories, servers: readonly Server[]): Histories {
  let next: Map<string, History> | null = null;
  for (const { key, state } of servers) {
    if (state.kind !== "connected") continue;
    for (const process of state.processes.values()) {
      const { group, name } = process;
      const id = targetId({ kind: "process", server: key, group, name });
      const before = histories.get(id) ?? UNSEEN;
      const after = withRun(before, process);
      if (after === before) continue;
      next ??= new Map(histories);
      next.set(id, after);
    }
  }
  return next ?? histories;
}

const UNSEEN: History = { runs: [], restarts: 0, startedAt: null };

function withRun(history: History, { startedAt, stoppedAt, exit }: ProcessSnapshot): History {
  const isNewEnd = stoppedAt !== null && stoppedAt !== history.runs[0]?.endedAt;
  const isNewStart = startedAt !== null && startedAt !== history.startedAt;
  if (!isNewEnd && !isNewStart) return history;
  const runs = isNewEnd
    ? [{ endedAt: stoppedAt, exit, lastedMs: length(history, startedAt, stoppedAt) }]
    : [];
  return {
    runs: [...runs, ...history.runs].slice(0, ENDED_RUNS_KEPT),
    restarts: history.restarts + (isNewStart && history.startedAt !== null ? 1 : 0),
    startedAt: startedAt ?? history.startedAt,
  };
}

/** What is asked only now and then may have started anew already: then the start that was seen before counts. */
function length(history: History, startedAt: number | null, endedAt: number): number | null {
  const start = [startedAt, history.startedAt].find((at) => at !== null && at <= endedAt);
  return start == null ? null : endedAt - start;
}
