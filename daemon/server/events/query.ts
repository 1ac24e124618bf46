import type { LogChannel } from "../../protocol/event-stream.ts";
import { parseWindowPolicy, type WindowPolicy } from "../../protocol/window-policy.ts";

/** What a client of `GET /events` asks for. */
export type EventQuery = {
  /** `group:process` names; null for all. */
  readonly processes: ReadonlySet<string> | null;
  readonly logs: readonly LogChannel[];
  /** Bytes of each log to send before what is written next. */
  readonly history: number;
  /** What a window of an editor wants when the last one goes; null for another client. */
  readonly window: WindowPolicy | null;
};

/** More of a log than this is read from its file. */
const MAX_HISTORY_BYTES = 1024 * 1024;

/** Reads the query of `/events`; a sentence if it is wrong. */
export function parseEventQuery(query: URLSearchParams): EventQuery | string {
  const processes = query.getAll("process");
  const logs = query.getAll("log");
  const wrong = logs.find((log) => log !== "stdout" && log !== "stderr");
  if (wrong !== undefined) return `log=${wrong}: a log is stdout or stderr`;
  const history = Number(query.get("history") ?? "0");
  if (!Number.isSafeInteger(history) || history < 0) return "history is a number of bytes";
  const wanted = query.get("window");
  const window = wanted === null ? null : parseWindowPolicy(wanted);
  if (wanted !== null && window === null) return "window is keep or stop:SECONDS";
  return {
    processes: processes.length === 0 ? null : new Set(processes.map(fullName)),
    logs: logs as LogChannel[],
    history: Math.min(history, MAX_HISTORY_BYTES),
    window,
  };
}

/** A process alone in a group of its own name may be given by that name. */
function fullName(name: string): string {
  return name.includes(":") ? name : `${name}:${name}`;
}
