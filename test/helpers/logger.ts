import { readdirSync, readFileSync } from "node:fs";
import { isAlive } from "./daemon.ts";

/** The process that writes the logs of a daemon; of one that lives or lived. Null if there is none. */
export function loggerOf(daemonPid: number): number | null {
  const found = readdirSync(`/proc/${daemonPid}/task`).flatMap((task) =>
    readFileSync(`/proc/${daemonPid}/task/${task}/children`, "utf8").trim().split(" ").map(Number),
  );
  return (
    found.find((pid) => pid > 0 && isAlive(pid) && titleOf(pid).startsWith("supervisord-logger")) ?? null
  );
}

function titleOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "latin1");
}
