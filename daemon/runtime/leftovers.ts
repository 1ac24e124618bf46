import type { LogLevel } from "../config/configuration.ts";
import { findMarked, type Identity, isSame } from "../io/process-identity.ts";
import { commandOf } from "../io/process-tree.ts";
import type { LeftBehind } from "../protocol/event-stream.ts";
import { maskSecrets } from "../protocol/secrets.ts";
import type { AdoptedWatch } from "./adopted-watch.ts";

/** What is sent, and how long it may take to work, in milliseconds. */
const STEPS = [
  ["SIGTERM", 10_000],
  ["SIGKILL", 3000],
] as const;
const LOOK_MS = 20;

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

  /** Stops the one with that pid and all of its run: SIGTERM, then SIGKILL for what stays. */
  async stop(pid: number): Promise<"gone" | "stays" | "unknown"> {
    const leftover = this.#all.find(({ identity }) => identity.pid === pid);
    if (leftover === undefined) return "unknown";
    const { name } = leftover.told;
    for (const [word, patienceMs] of STEPS) {
      this.#log("info", `stopping ${name} with pid ${pid}, which was left alone, with ${word}`);
      for (const one of runOf(leftover)) signal(one, word);
      if (!(await isGone(leftover, patienceMs))) continue;
      this.#drop(leftover);
      return "gone";
    }
    return "stays";
  }

  #drop(leftover: Leftover): void {
    if (!this.#all.includes(leftover)) return;
    this.#all = this.#all.filter((other) => other !== leftover);
    this.#onChange(this.list);
  }
}

/** It itself, and what it started, as far as either is there. */
function runOf({ identity }: Leftover): Identity[] {
  const started = findMarked((marker) => marker === identity.marker);
  return [identity, ...started.filter(({ pid }) => pid !== identity.pid)].filter(isSame);
}

async function isGone(leftover: Leftover, patienceMs: number): Promise<boolean> {
  const latest = performance.now() + patienceMs;
  while (runOf(leftover).length > 0) {
    if (performance.now() > latest) return false;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return true;
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
