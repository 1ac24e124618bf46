import { type ChildProcess, spawn } from "node:child_process";

/** Lines that `logger` has yet to take: more are left out, and counted. */
const MOST_BEHIND_BYTES = 1024 * 1024;

/** A `logger` that ends sooner than this after its start is not started again. */
const SHORT_LIFE_MS = 1000;

/** The system's log, written through one `logger` that is started with the first line. Nothing ever waits for it. */
export class Syslog {
  readonly #onFailure: (message: string) => void;
  #logger: ChildProcess | null = null;
  #startedAt = 0;
  #state: "well" | "failed" = "well";
  #leftOut = 0;

  constructor(onFailure: (message: string) => void) {
    this.#onFailure = onFailure;
  }

  write(line: string): void {
    if (this.#state === "failed") return;
    this.#logger ??= this.#start();
    const { stdin } = this.#logger;
    if (stdin === null || !stdin.writable) return;
    if (stdin.writableLength > MOST_BEHIND_BYTES) {
      this.#leftOut += 1;
      return;
    }
    if (this.#leftOut > 0) stdin.write(`${this.#leftOut} lines were left out: logger is too slow\n`);
    this.#leftOut = 0;
    stdin.write(`${line}\n`);
  }

  /** Resolves when all lines are written, or could not be within a second. */
  async close(): Promise<void> {
    const logger = this.#logger;
    this.#state = "failed";
    if (logger === null || logger.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => logger.kill(), SHORT_LIFE_MS);
      logger.on("close", () => {
        clearTimeout(late);
        resolve();
      });
      logger.stdin?.end();
    });
  }

  /** In a session of its own: Ctrl-C in the daemon's terminal must not end it before the last line. */
  #start(): ChildProcess {
    this.#startedAt = performance.now();
    const logger = spawn("logger", ["-t", "supervisord", "-p", "user.info"], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    logger.stdin.on("error", () => logger.stdin.destroy());
    logger.on("error", (error) => this.#fail(`cannot run logger: ${error.message}`));
    logger.on("exit", () => {
      this.#logger = null;
      if (performance.now() - this.#startedAt < SHORT_LIFE_MS) this.#fail("logger ended at once");
    });
    return logger;
  }

  #fail(reason: string): void {
    if (this.#state === "failed") return;
    this.#state = "failed";
    this.#onFailure(`cannot write to syslog: ${reason}`);
  }
}
