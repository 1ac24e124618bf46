import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { keyOf, type Past, readJournal } from "../core/journal/read.ts";
import { JOURNAL_VERSION, type JournalHeader, type ProcessRecord } from "../core/journal/record.ts";

/** Records of the past are dropped once they take this much, and several times what is still true. */
const COMPACT_BYTES = 1024 * 1024;
const COMPACT_RATIO = 4;

/**
 * What a daemon writes down of its processes, a line for each change, so that the next one can go on with them if this
 * one dies. It is gone after an orderly end: then there is nothing to go on with.
 */
export class Journal {
  readonly #path: string;
  readonly #whose: Pick<JournalHeader, "daemon" | "boot">;
  readonly #setFault: (message: string | null) => void;
  /** The last line of each process, by `GROUP:NAME`. */
  readonly #lines = new Map<string, string>();
  #fd: number | null = null;
  #bytes = 0;
  #closed = true;

  constructor(
    path: string,
    whose: Pick<JournalHeader, "daemon" | "boot">,
    setFault: (message: string | null) => void,
  ) {
    this.#path = path;
    this.#whose = whose;
    this.#setFault = setFault;
  }

  /** Begins writing, and returns what the daemon before left: that stays written down until it is replaced or forgotten. */
  open(): Past {
    const past = readJournal(readOrNull(this.#path), this.#whose);
    for (const record of past.processes.values()) this.#lines.set(keyOf(record), lineOf(record));
    this.#closed = false;
    this.#attempt(() => this.#rewrite());
    return past;
  }

  /** Whether anything is written down of a process. */
  isRemembered(group: string, name: string): boolean {
    return this.#lines.has(keyOf({ group, name }));
  }

  /** Writes down how a process is now: on disk when this returns, as far as the system goes. */
  remember(record: ProcessRecord): void {
    const line = lineOf(record);
    this.#lines.set(keyOf(record), line);
    this.#append(line);
  }

  forget(group: string, name: string): void {
    if (!this.#lines.delete(keyOf({ group, name }))) return;
    this.#append(lineOf({ type: "forgotten", group, name }));
  }

  /** Writes it again, after somebody removed it. */
  restore(): void {
    if (!this.#closed) this.#attempt(() => this.#rewrite());
  }

  /** Writes no more; the file stays for the next daemon. */
  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    this.#closed = true;
  }

  /** Says that no process goes on, and writes no more. */
  empty(): void {
    this.#lines.clear();
    this.#attempt(() => this.#rewrite());
    this.close();
  }

  /** Nothing is left to go on with. */
  remove(): void {
    this.close();
    rmSync(this.#path, { force: true });
  }

  #append(line: string): void {
    if (this.#closed) return;
    this.#attempt(() => {
      if (this.#mustRewrite()) this.#rewrite();
      else this.#bytes += writeWhole(this.#fd ?? -1, line);
    });
  }

  /** After a failure, when somebody removed the file, and when it grew too long. */
  #mustRewrite(): boolean {
    if (this.#fd === null || fstatSync(this.#fd).nlink === 0) return true;
    if (this.#bytes < COMPACT_BYTES) return false;
    const needed = [...this.#lines.values()].reduce((sum, line) => sum + line.length, 0);
    return this.#bytes > COMPACT_RATIO * needed;
  }

  /** The new file takes the old one's place at once: there is a whole one at any time. */
  #rewrite(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    const header = { type: "opened", version: JOURNAL_VERSION, ...this.#whose } satisfies JournalHeader;
    const text = [lineOf(header), ...this.#lines.values()].join("");
    const next = `${this.#path}~`;
    rmSync(next, { force: true });
    writeFileSync(next, text, { mode: 0o600, flag: "wx" });
    renameSync(next, this.#path);
    this.#fd = openSync(this.#path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW);
    this.#bytes = Buffer.byteLength(text);
  }

  /** Programs run on without a journal; the next record tries again. */
  #attempt(write: () => void): void {
    try {
      write();
      this.#setFault(null);
    } catch (error) {
      if (this.#fd !== null) closeSync(this.#fd);
      this.#fd = null;
      const reason = error instanceof Error ? error.message : String(error);
      this.#setFault(
        `cannot write ${this.#path}: ${reason}; a daemon after this one may not find its programs`,
      );
    }
  }
}

function lineOf(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

/** A line that did not fit would swallow the next one. */
function writeWhole(fd: number, line: string): number {
  const data = Buffer.from(line);
  const written = writeSync(fd, data);
  if (written < data.length) throw new Error(`only ${written} of ${data.length} bytes could be written`);
  return written;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not there, or not to be read: programs are found by their markers then.
    return null;
  }
}
