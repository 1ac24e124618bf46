import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { ProcessTable, type TreeEntry } from "../core/process-tree.ts";
import { parsePs } from "../core/ps-table.ts";
import { markerOf, startTimeOf, statOf } from "./process-identity.ts";

const HAS_PROC = process.platform === "linux";

/** All processes of the machine, without dead ones and this one. Throws what the system says. */
export function readProcessTable(): ProcessTable {
  const entries = HAS_PROC ? readProc() : readPs();
  return new ProcessTable(
    entries.filter(({ pid }) => pid !== process.pid),
    markerOf,
  );
}

/** Sends a signal, if the process still is the one that started then. */
export function signalProcess(pid: number, startTime: string, signal: number): "sent" | "gone" | "refused" {
  if (startTimeOf(pid) !== startTime) return "gone";
  try {
    process.kill(pid, signal);
    return "sent";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH" ? "gone" : "refused";
  }
}

/** The command line of a process, its name where it shows none. */
export function commandOf(pid: number): string {
  try {
    if (!HAS_PROC) return ps(["-o", "command=", "-p", String(pid)]).trim();
    const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return line === "" ? readFileSync(`/proc/${pid}/comm`, "utf8").trim() : line;
  } catch {
    // Gone meanwhile.
    return "?";
  }
}

/** How often the list of numbers is read again because one of them vanished: what it had just forked must not be missed. */
const MOST_PASSES = 5;

function readProc(): TreeEntry[] {
  const read = new Map<number, TreeEntry | null>();
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let vanished = false;
    for (const name of readdirSync("/proc")) {
      const pid = Number(name);
      if (Number.isNaN(pid) || read.has(pid)) continue;
      const stat = statOf(pid);
      read.set(pid, stat === null ? null : { pid, ...stat });
      vanished ||= stat === null;
    }
    if (!vanished) break;
  }
  return [...read.values()].filter((entry) => entry !== null);
}

function readPs(): TreeEntry[] {
  return parsePs(ps(["-axo", "pid=,ppid=,pgid=,stat=,lstart="]));
}

function ps(args: readonly string[]): string {
  return execFileSync("ps", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 2 ** 24,
  });
}
