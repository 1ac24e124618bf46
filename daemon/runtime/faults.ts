import type { LogLevel } from "../config/configuration.ts";
import type { PresentFault } from "../protocol/event-stream.ts";

/** What the daemon cannot do at present: each is said once when it begins, and once when it is over. */
export class Faults {
  readonly #present = new Map<string, PresentFault>();
  readonly #log: (level: LogLevel, message: string) => void;

  constructor(log: (level: LogLevel, message: string) => void) {
    this.#log = log;
  }

  get list(): readonly PresentFault[] {
    return [...this.#present.values()];
  }

  /** Takes note of what is wrong, or with null that it is over; false where that was known already. */
  set(key: string, message: string | null, where: string | null, level: LogLevel = "error"): boolean {
    const before = this.#present.get(key);
    if ((before?.message ?? null) === message) return false;
    if (message === null) {
      this.#present.delete(key);
      this.#log("info", `no longer so: ${before?.message}`);
    } else {
      this.#present.set(key, { key, where, since: before?.since ?? Date.now(), message });
      // The same trouble in other words is no news.
      if (before === undefined) this.#log(level, message);
    }
    return true;
  }
}
