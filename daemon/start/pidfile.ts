import { rmSync } from "node:fs";
import type { LogLevel } from "../config/configuration.ts";
import { writePid } from "../io/pidfile.ts";

type Told = {
  readonly log: (level: LogLevel, message: string) => void;
  readonly setFault: (key: string, message: string | null, where: null, level: LogLevel) => void;
};

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

/** The file that holds the daemon's pid. Where it cannot be written that is tried again, from time to time. */
export class Pidfile {
  readonly #path: string;
  readonly #told: Told;
  #state: "missing" | "written" = "missing";
  #retry: NodeJS.Timeout | undefined;

  constructor(path: string, told: Told) {
    this.#path = path;
    this.#told = told;
    this.#write(FIRST_RETRY_MS);
  }

  /** Removes the file, if it is this daemon's. */
  remove(): void {
    clearTimeout(this.#retry);
    if (this.#state === "written") rmSync(this.#path, { force: true });
  }

  #write(delayMs: number): void {
    try {
      writePid(this.#path);
    } catch {
      // Supervisor's words and level.
      this.#told.setFault("pidfile", `could not write pidfile ${this.#path}`, null, "critical");
      this.#retry = setTimeout(() => this.#write(Math.min(delayMs * 2, LONGEST_RETRY_MS)), delayMs);
      return;
    }
    this.#state = "written";
    this.#told.setFault("pidfile", null, null, "critical");
    this.#told.log("info", `supervisord started with pid ${process.pid}`);
  }
}
