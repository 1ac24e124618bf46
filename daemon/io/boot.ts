import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { startTimeOf } from "./process-identity.ts";

/** Differs from one start of the machine to the next, and of the container, where process ids begin anew. */
export function bootId(): string {
  return `${machineBoot()}:${startTimeOf(1) ?? ""}`;
}

/** What to add to this process's monotonic milliseconds for those that all processes of the machine share. */
export function clockOffsetMs(): number {
  return Number(process.hrtime.bigint()) / 1e6 - performance.now();
}

function machineBoot(): string {
  try {
    if (process.platform === "linux") return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return execFileSync("sysctl", ["-n", "kern.boottime"], { encoding: "utf8" }).trim();
  } catch {
    // Where nothing tells, the start of process 1 must do.
    return "";
  }
}
