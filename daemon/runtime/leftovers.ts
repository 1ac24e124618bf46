import type { LogLevel } from "../config/configuration.ts";
import { type Identity, isSame } from "../io/process-identity.ts";
import { commandOf } from "../io/process-tree.ts";
import type { LeftBehind } from "../protocol/event-stream.ts";
import { maskSecrets } from "../protocol/secrets.ts";
import type { AdoptedWatch } from "./adopted-watch.ts";

/** How long a program may take to end after SIGTERM before it is killed. */
const STOP_MS = 10_000;

type Leftover = { readonly identity: Identity; readonly told: LeftBehind };

/** Programs of an earlier daemon that this one did not take over. They are left alone until somebody asks for their end. */
export class Leftovers {
  readonly #watch: AdoptedWatch;
  readonly #log: (level: LogLevel, message: string) => void;
  readonly #onChange: (list: readonly LeftBehind[]) => void;
  #all: readonly Leftover[] = [];

  constructor(
    watch: AdoptedWatch,
    log: (level: LogLevel, message: string) => void,
    onChange: (list: readonly LeftBehind[]) => void,
  ) {
    this.#watch = watch;
    this.#log = log;
    this.#onChange = onChange;
  }

  get list(): readonly LeftBehind[] {
    return this.#all.map(({ told }) => told);
  }

  has(group: string, name: string): boolean {
    return this.#all.some(({ told }) => told.name === `${group}:${name}`);
  }

  /** Takes note of them, and says what can be done. */
  add(
    found: readonly { readonly identity: Identity; readonly name: string; readonly reason: string }[],
  ): void {
    if (found.length === 0) return;
    const added = found.map(({ identity, name, reason }): Leftover => {
      const command = maskSecrets(commandOf(identity.pid));
      return { identity, told: { pid: identity.pid, name, command, reason } };
    });
    this.#all = [...this.#all, ...added];
    for (const leftover of added) {
      const { pid, name, command, reason } = leftover.told;
      this.#log(
        "warn",
        `left alone: ${name} with pid ${pid} (${command}): ${reason}; 'supervisorctl leftovers stop ${pid}' stops it`,
      );
      this.#watch.add(leftover.identity, () => this.#drop(leftover));
    }
    this.#onChange(this.list);
  }

  /** Stops the one with that pid: SIGTERM, and SIGKILL if it stays. Resolves when it is gone; false if there is none. */
  async stop(pid: number): Promise<boolean> {
    const leftover = this.#all.find(({ identity }) => identity.pid === pid);
    if (leftover === undefined) return false;
    const { name } = leftover.told;
    this.#log("info", `stopping ${name} with pid ${pid}, which was left alone`);
    signal(leftover.identity, "SIGTERM");
    const late = setTimeout(() => {
      this.#log("warn", `killing ${name} (${pid}) with SIGKILL`);
      signal(leftover.identity, "SIGKILL");
    }, STOP_MS);
    await new Promise<void>((done) => {
      this.#watch.add(leftover.identity, done);
      this.#watch.expectEnd();
    });
    clearTimeout(late);
    return true;
  }

  #drop(leftover: Leftover): void {
    this.#all = this.#all.filter((other) => other !== leftover);
    this.#onChange(this.list);
  }
}

/** Never to a stranger that was given the number. */
function signal(identity: Identity, name: "SIGTERM" | "SIGKILL"): void {
  if (!isSame(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch {
    // Gone this moment, or another user's: then the list goes on showing it.
    return;
  }
}
