import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import type { StateName } from "../../../daemon/protocol/states.ts";

/** What is done about a program whose debug session ended with it. */
export type Reattach = "attach" | "wait" | "forget";

/** Somebody who stops a program and starts it later on does not think of the debugger any more. */
const RESTART_MS = 30_000;

/** What becomes of the debug session of a program that ended; `before` is the state that was seen last. */
export function reattach(before: StateName | null, process: ProcessSnapshot | undefined): Reattach {
  if (process === undefined || process.state === "UNKNOWN") return "forget";
  if (process.pid === null || process.state === "STOPPING") return "wait";
  const { startedAt, stoppedAt } = process;
  const restMs = startedAt === null || stoppedAt === null ? 0 : startedAt - stoppedAt;
  return before === "STOPPED" && restMs > RESTART_MS ? "forget" : "attach";
}
