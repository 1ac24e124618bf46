import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { uptime } from "node:os";
import { RUN_VARIABLE } from "../core/run-marker.ts";

/** Who a process is, beyond its number, which the system gives to another one sooner or later. */
export type Identity = {
  readonly pid: number;
  /** When it started, in the system's own words: good for nothing but comparing. */
  readonly startTime: string;
  /** The value of its `SUPERVISORD_RUN`; null for one that has none, or does not show it. */
  readonly marker: string | null;
};

const HAS_PROC = process.platform === "linux";

/** When a process started; null for one that is gone, or dead and not yet reaped. */
export function startTimeOf(pid: number): string | null {
  return (HAS_PROC ? statOf(pid)?.startTime : startTimeByPs(pid)) ?? null;
}

/** The marker in the environment that a process was started with; null where there is none, or it cannot be read. */
export function markerOf(pid: number): string | null {
  if (!HAS_PROC) return null;
  const text = readOrNull(`/proc/${pid}/environ`);
  if (text === null) return null;
  const prefix = `${RUN_VARIABLE}=`;
  const at = text.startsWith(prefix) ? 0 : text.indexOf(`\0${prefix}`) + 1;
  if (at === 0 && !text.startsWith(prefix)) return null;
  const end = text.indexOf("\0", at);
  return text.slice(at + prefix.length, end === -1 ? text.length : end);
}

/** Who has that number now; null for nobody. */
export function identityOf(pid: number): Identity | null {
  const startTime = startTimeOf(pid);
  return startTime === null ? null : { pid, startTime, marker: markerOf(pid) };
}

/**
 * Whether the process still is the one that it was: to be asked before every signal to a process that is no child.
 * Programs that write their title over their environment (nginx, PostgreSQL) show no marker; another one's marker
 * means another process.
 */
export function isSame({ pid, startTime, marker }: Identity): boolean {
  if (startTimeOf(pid) !== startTime) return false;
  const shown = markerOf(pid);
  return shown === null || marker === null || shown === marker;
}

/** When it started, in epoch milliseconds, as exactly as the system tells. */
export function startedAtOf({ startTime }: Identity): number {
  if (!HAS_PROC) return Date.parse(startTime);
  // In hundredths of a second since the machine started.
  return Math.round(Date.now() - uptime() * 1000 + Number(startTime) * 10);
}

/** Every process whose marker satisfies `wanted`. Those of other users show theirs only to root. */
export function findMarked(wanted: (marker: string) => boolean): Identity[] {
  if (!HAS_PROC) return [];
  return processIds().flatMap((pid) => {
    const marker = markerOf(pid);
    if (marker === null || !wanted(marker)) return [];
    const startTime = startTimeOf(pid);
    return startTime === null ? [] : [{ pid, startTime, marker }];
  });
}

/** What Linux tells of a process in `/proc/PID/stat`. */
export type ProcessStat = {
  readonly ppid: number;
  readonly group: number;
  readonly session: number;
  readonly startTime: string;
};

/** Null for a process that is gone, or dead and not yet reaped. */
export function statOf(pid: number): ProcessStat | null {
  const text = readOrNull(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name before may hold anything, also parentheses; these begin with the third field of proc_pid_stat(5).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", ppid, group, session] = fields;
  // One whose main thread has ended holds its ports and files until the last of its threads has.
  const hasThreads = state === "Z" && Number(fields[17]) > 1;
  if ((state === "Z" || state === "X") && !hasThreads) return null;
  return {
    ppid: Number(ppid),
    group: Number(group),
    session: Number(session),
    startTime: fields[19] ?? "",
  };
}

function processIds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function startTimeByPs(pid: number): string | null {
  try {
    const shown = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [state = "Z", ...start] = shown.trim().split(/\s+/);
    return state.startsWith("Z") ? null : start.join(" ");
  } catch {
    // ps ends with 1 where there is no such process.
    return null;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Gone, or not ours to look at.
    return null;
  }
}
