import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  renameSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { standardStream, writeToStream } from "./standard-stream.ts";
import { emptyTrusted, openTrusted } from "./trusted-file.ts";

/** Whether a log is still the file at its path is asked before each write, but so often at most within so many milliseconds. */
const MOST_LOOKS = 5;
const LOOKS_MS = 10;

/** How much of the data is in the log now, and what kept the rest from it. */
export type Appended = { readonly written: number; readonly error: Error | null };

/**
 * A log that grows until it is rotated to `.1`, `.2` and so on, as Supervisor's do. Writes are synchronous: nothing waits
 * in memory. Where somebody removed, moved or replaced the file, it goes on in the one at the path; so it does in a
 * folder that is gone.
 */
export class LogFile {
  readonly path: string;
  readonly #maxbytes: number;
  readonly #backups: number;
  /** Where the path is the daemon's own stdout or stderr: that cannot be opened, rotated, emptied or closed. */
  readonly #stream: NodeJS.WriteStream | null;
  #fd: number | null = null;
  /** Null for what is no regular file, as a terminal: it cannot be renamed away, nor grow. */
  #file: Pick<Stats, "dev" | "ino"> | null = null;
  #size = 0;
  #looks = { since: 0, count: 0 };
  /** Beyond `maxbytes` where the last rotation failed. */
  #rotateAt = 0;
  #rotationError: Error | null = null;

  /** `maxbytes` 0 never rotates; with no `backups` the file starts over. Nothing is opened yet. */
  constructor(path: string, maxbytes: number, backups: number) {
    this.path = path;
    this.#maxbytes = maxbytes;
    this.#backups = backups;
    this.#stream = standardStream(path);
  }

  /** Bytes in the file now. */
  get size(): number {
    return this.#size;
  }

  /** Why the log could not be rotated when it had reached its size; null if it could. */
  get rotationError(): Error | null {
    return this.#rotationError;
  }

  append(data: Buffer): Appended {
    let written = 0;
    try {
      if (this.#stream !== null) writeToStream(this.#stream, data);
      const fd = this.#stream === null ? this.#current() : null;
      while (fd !== null && written < data.length) {
        const bytes = writeSync(fd, data, written);
        written += bytes;
        this.#size += bytes;
      }
    } catch (error) {
      return { written, error: error as Error };
    }
    if (this.#file !== null && this.#maxbytes > 0 && this.#size >= this.#rotateAt) this.#rotate();
    return { written: data.length, error: null };
  }

  /** Opens the path anew: after somebody moved the file away. Throws what the system says. */
  reopen(): void {
    this.close();
    if (this.#stream !== null) return;
    // Without O_NONBLOCK a FIFO that nobody reads would hold up everything.
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NONBLOCK;
    this.#fd = openTrusted(this.path, flags, 0o644);
    const stat = fstatSync(this.#fd);
    this.#file = stat.isFile() ? stat : null;
    this.#size = stat.isFile() ? stat.size : 0;
    this.#rotateAt = this.#maxbytes;
  }

  /** Empties the log; its backups stay, as with Supervisor. */
  clear(): void {
    if (this.#stream !== null) return;
    emptyTrusted(this.path);
    this.#size = 0;
  }

  /** Somebody else has changed the file: looks at it before the next write. */
  lookAgain(): void {
    this.#looks = { since: 0, count: 0 };
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  /** The descriptor of what is at the path. */
  #current(): number | null {
    if (this.#fd === null) this.#openAgain();
    else if (this.#file !== null && this.#mayLook()) this.#look(this.#file);
    return this.#fd;
  }

  #mayLook(): boolean {
    const now = performance.now();
    if (now - this.#looks.since > LOOKS_MS) this.#looks = { since: now, count: 0 };
    this.#looks.count += 1;
    return this.#looks.count <= MOST_LOOKS;
  }

  #look(file: Pick<Stats, "dev" | "ino">): void {
    const now = statOf(this.path);
    if (now === "unknown") return;
    if (now === undefined || now.ino !== file.ino || now.dev !== file.dev) this.#openAgain();
    // Somebody may have truncated it; writing goes on at its end by itself.
    else this.#size = now.size;
  }

  #openAgain(): void {
    try {
      this.reopen();
    } catch (error) {
      if (!isMissing(error)) throw error;
      mkdirSync(dirname(this.path), { recursive: true });
      this.reopen();
    }
  }

  /** A log that cannot be rotated goes on growing, and is tried again when it has grown as much once more. */
  #rotate(): void {
    try {
      for (let i = this.#backups - 1; i >= 1; i--)
        renameIfThere(`${this.path}.${i}`, `${this.path}.${i + 1}`);
      if (this.#backups > 0) renameIfThere(this.path, `${this.path}.1`);
      else emptyTrusted(this.path);
      this.reopen();
      this.#rotationError = null;
    } catch (error) {
      this.#rotateAt = this.#size + this.#maxbytes;
      this.#rotationError = error as Error;
    }
  }
}

/** Undefined for nothing; what cannot be looked at may still be written to. */
function statOf(path: string): Stats | undefined | "unknown" {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return "unknown";
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
