import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";

/** Whether somebody should look at a process: it failed, is tried again, or ended as it should not have. */
export function needsAttention({ state, expected }: ProcessSnapshot): boolean {
  return state === "FATAL" || state === "BACKOFF" || state === "UNKNOWN" || (state === "EXITED" && !expected);
}
