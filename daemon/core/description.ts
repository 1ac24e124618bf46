import type { StateName } from "../protocol/states.ts";

/** What the one-line description of a process is made of. Times are epoch seconds, 0 for never. */
export type Described = {
  readonly name: string;
  readonly statename: StateName;
  readonly pid: number;
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  readonly spawnerr: string;
};

/** The description that `supervisorctl status` shows after the state, worded as Supervisor does. */
export function describeProcess(info: Described): string {
  switch (info.statename) {
    case "RUNNING":
      return `pid ${info.pid}, uptime ${formatUptime(Math.max(0, info.now - info.start))}`;
    case "FATAL":
    case "BACKOFF":
      return info.spawnerr || `unknown error (try "tail ${info.name}")`;
    case "STOPPED":
    case "EXITED":
      return info.start === 0 ? "Not started" : formatStopTime(info.stop);
    case "STARTING":
    case "STOPPING":
    case "UNKNOWN":
      return "";
  }
}

/** Seconds as Python prints a timedelta: `0:00:05`, `1 day, 2:03:04`. */
export function formatUptime(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const time = `${Math.floor((seconds % 86_400) / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  if (days === 0) return time;
  return `${days} day${days === 1 ? "" : "s"}, ${time}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Local time as Supervisor prints when a process ended: `Nov 20 11:05 PM`. */
function formatStopTime(epochSeconds: number): string {
  const at = new Date(epochSeconds * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const hour = at.getHours() % 12 || 12;
  const half = at.getHours() < 12 ? "AM" : "PM";
  return `${MONTHS[at.getMonth()]} ${two(at.getDate())} ${two(hour)}:${two(at.getMinutes())} ${half}`;
}
