import { fault } from "../../protocol/faults.ts";
import type { Method } from "./method.ts";

/** What a read-only server answers: states and logs. Commands may hold secrets, so that `getAllConfigInfo` is not among them. */
const READING: ReadonlySet<string> = new Set([
  "getAPIVersion",
  "getVersion",
  "getSupervisorVersion",
  "getIdentification",
  "getState",
  "getPID",
  "getProcessInfo",
  "getAllProcessInfo",
  "readLog",
  "readMainLog",
  "readProcessLog",
  "readProcessStdoutLog",
  "readProcessStderrLog",
  "tailProcessLog",
  "tailProcessStdoutLog",
  "tailProcessStderrLog",
  "getLeftovers",
  "getEndedRuns",
]);

/** What a server says to whoever wants to act, where `readonly=true` is set. */
export const READ_ONLY = "this server only tells states and logs (readonly=true)";

/** The same method for a server that others than the daemon's user may reach; one that is private refuses to. */
export function forOthers(name: string, method: Method): Method {
  if (!method.privately) return method;
  const run = () => {
    throw fault("FAILED", `${name} is only for the daemon's own control socket`);
  };
  return { ...method, run };
}

/** The same method for a server that is read-only; one that acts refuses to. */
export function forReaders(name: string, method: Method): Method {
  if (READING.has(name)) return method;
  const run = () => {
    throw fault("FAILED", `${READ_ONLY}; ${name} is not for it`);
  };
  return { ...method, run };
}
