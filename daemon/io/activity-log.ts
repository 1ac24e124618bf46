import type { LogLevel } from "../config/configuration.ts";
import { Listeners } from "../core/listeners.ts";
import type { LastingLog } from "./lasting-log.ts";

/** From the most to the least severe, with the four letters that stand in the log. */
const LEVELS: readonly (readonly [LogLevel, string])[] = [
  ["critical", "CRIT"],
  ["error", "ERRO"],
  ["warn", "WARN"],
  ["info", "INFO"],
  ["debug", "DEBG"],
  ["trace", "TRAC"],
  ["blather", "BLAT"],
];

/** The daemon's own log, in Supervisor's format: `2026-01-31 12:00:00,123 INFO message`. */
export class ActivityLog {
  /** Told of every line that is written. */
  readonly lines = new Listeners<string>();
  /** Null where the log is not a file. */
  readonly file: LastingLog | null;
  readonly #threshold: number;

  constructor(level: LogLevel, file: LastingLog | null) {
    this.#threshold = rank(level);
    this.file = file;
  }

  write(level: LogLevel, message: string): void {
    if (rank(level) > this.#threshold) return;
    const line = `${timestamp(new Date())} ${LEVELS[rank(level)]?.[1]} ${message}\n`;
    this.file?.write(Buffer.from(line));
    this.lines.tell(line);
  }
}

function rank(level: LogLevel): number {
  return LEVELS.findIndex(([name]) => name === level);
}

function timestamp(at: Date): string {
  const pad = (n: number, width = 2) => String(n).padStart(width, "0");
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())},${pad(at.getMilliseconds(), 3)}`;
}
