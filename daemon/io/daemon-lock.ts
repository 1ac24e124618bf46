import { linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { identityOf, startTimeOf } from "./process-identity.ts";

/** Who held the lock of a given number: a pid and its start time; nothing once it was given back. */
type Held = { readonly number: number; readonly holder: string };

/** A lock is asked for again when somebody else took the number that was the next one. */
const MOST_TRIES = 100;

/**
 * The right to be the one daemon of a runtime folder. Each holder makes a file with the next number, which the system
 * lets only one do; the last number counts. That file is never removed, only emptied: whoever has seen that an earlier
 * holder is dead cannot take away the lock of a later one.
 */
export class DaemonLock {
  #path: string | null = null;

  /** Takes the lock of the runtime folder at `folder`; false if a living daemon has it. */
  take(folder: string): boolean {
    if (this.#path !== null) return true;
    const me = `${process.pid} ${startTimeOf(process.pid)}`;
    const draft = `${folder}.${process.pid}~`;
    try {
      writeFileSync(draft, me, { mode: 0o600 });
    } catch {
      // On a full disk, where nobody can make a lock, the control socket alone decides.
      return true;
    }
    try {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const last = lastOf(folder);
        if (last !== null && isAlive(last.holder)) return false;
        const path = pathOf(folder, (last?.number ?? 0) + 1);
        if (!isMade(draft, path)) continue;
        this.#path = path;
        if (last !== null) rmSync(pathOf(folder, last.number), { force: true });
        return true;
      }
      return false;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Another daemon may come. */
  release(): void {
    if (this.#path === null) return;
    try {
      truncateSync(this.#path);
    } catch {
      // Somebody removed it: then nothing is in the way of another daemon.
    }
    this.#path = null;
  }
}

/** A link appears with all that is in it, and only if there is none. */
function isMade(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function lastOf(folder: string): Held | null {
  const prefix = `${basename(folder)}.lock-`;
  const numbers = readdirSync(dirname(folder))
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter(Number.isSafeInteger);
  if (numbers.length === 0) return null;
  const number = Math.max(...numbers);
  try {
    return { number, holder: readFileSync(pathOf(folder, number), "utf8") };
  } catch {
    // Gone this moment, because there is a later one: the next number is taken then.
    return { number, holder: "" };
  }
}

function isAlive(holder: string): boolean {
  const [pid, ...startTime] = holder.split(" ");
  return identityOf(Number(pid))?.startTime === startTime.join(" ");
}

function pathOf(folder: string, number: number): string {
  return join(dirname(folder), `${basename(folder)}.lock-${number}`);
}
