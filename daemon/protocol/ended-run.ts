import type { Exit } from "./event-stream.ts";

/** A run of a process that has ended. Instants are epoch milliseconds. */
export type EndedRun = {
  readonly endedAt: number;
  readonly exit: Exit | null;
  /** How long it ran; null where its start was not seen. */
  readonly lastedMs: number | null;
};

/** How many of them are remembered for each process. */
export const ENDED_RUNS_KEPT = 20;
