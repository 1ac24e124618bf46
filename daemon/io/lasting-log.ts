import { HeldBytes } from "./held-bytes.ts";
import { LogFile } from "./log-file.ts";

/** How often a log that cannot be written is tried again, in milliseconds. */
const RETRY_MS = 500;

/** What cannot be written yet is held in memory up to this size: the program must not wait for a disk. */
const MOST_HELD_BYTES = 1024 * 1024;

/** Told of what is wrong with a log, by a name for the kind of trouble; null once it is over. */
export type FaultListener = (name: "write" | "rotate", message: string | null) => void;

/** What waits to be written: the oldest bytes, and how many came after them that there was no room for. */
type Waiting = {
  readonly reason: string;
  readonly retry: NodeJS.Timeout;
  readonly held: HeldBytes;
  missing: number;
};

/**
 * A log that outlasts full disks and the like. What cannot be written is held as far as there is room, and written when
 * that works again; what is missing then is said in the log, where it is missing. Each trouble is told once.
 */
export class LastingLog {
  readonly #file: LogFile;
  readonly #onFault: FaultListener;
  #waiting: Waiting | null = null;
  #rotates: "well" | "failing" = "well";

  constructor(target: { path: string; maxbytes: number; backups: number }, onFault: FaultListener) {
    this.#file = new LogFile(target.path, target.maxbytes, target.backups);
    this.#onFault = onFault;
  }

  get path(): string {
    return this.#file.path;
  }

  /** Bytes in the file now. */
  get size(): number {
    return this.#file.size;
  }

  /** Bytes that were to be written and are not in the file yet, or never will be. */
  get owed(): number {
    return this.#waiting === null ? 0 : this.#waiting.held.bytes.length + this.#waiting.missing;
  }

  /** Opens the file before anything is to be written. Throws what the system says, also of a folder that is not there. */
  open(): void {
    this.#file.reopen();
  }

  /** Never throws; data is only needed during the call. */
  write(data: Buffer): void {
    if (this.#waiting !== null) {
      this.#hold(this.#waiting, data);
      return;
    }
    const { written, error } = this.#file.append(data);
    if (error !== null) this.#begin(error, data.subarray(written));
    this.#watchRotation();
  }

  /** Opens the path anew. */
  reopen(): void {
    this.#file.close();
    this.write(NOTHING);
  }

  /** Empties the log; throws what the system says. */
  clear(): void {
    this.#file.clear();
    this.noteCleared();
  }

  /** Somebody else has emptied the file. */
  noteCleared(): void {
    this.#file.lookAgain();
    if (this.#waiting === null) return;
    this.#waiting.held.drop(this.#waiting.held.bytes.length);
    this.#waiting.missing = 0;
    this.#retry();
  }

  /** Tries once more to write what waits, and gives the rest up. */
  close(): void {
    this.#retry();
    if (this.#waiting !== null) {
      clearInterval(this.#waiting.retry);
      this.#waiting.held.drop(this.#waiting.held.bytes.length);
      this.#waiting = null;
    }
    this.#file.close();
  }

  #begin(error: Error, rest: Buffer): void {
    const reason = `cannot write ${this.path}: ${error.message}`;
    const retry = setInterval(() => this.#retry(), RETRY_MS);
    this.#waiting = { reason, retry, held: new HeldBytes(MOST_HELD_BYTES), missing: 0 };
    this.#hold(this.#waiting, rest);
    this.#onFault("write", reason);
  }

  #hold(waiting: Waiting, data: Buffer): void {
    // Once something is missing all that follows is, so that the gap is one and has one place.
    const kept = waiting.missing > 0 ? 0 : waiting.held.push(data);
    waiting.missing += data.length - kept;
  }

  #retry(): void {
    const waiting = this.#waiting;
    if (waiting === null || !this.#writeHeld(waiting)) return;
    if (waiting.missing > 0) {
      const note = Buffer.from(
        `\n[supervisord: ${waiting.missing} bytes are missing here: ${waiting.reason}]\n`,
      );
      if (this.#file.append(note).error !== null) return;
      this.#onFault("write", `${waiting.reason}; ${waiting.missing} bytes are missing`);
    }
    clearInterval(waiting.retry);
    this.#waiting = null;
    this.#onFault("write", null);
    this.#watchRotation();
  }

  /** Whether all that was held is in the file now. */
  #writeHeld({ held }: Waiting): boolean {
    const { written, error } = this.#file.append(held.bytes);
    held.drop(written);
    return error === null;
  }

  #watchRotation(): void {
    const { rotationError } = this.#file;
    const now = rotationError === null ? "well" : "failing";
    if (now === this.#rotates) return;
    this.#rotates = now;
    this.#onFault(
      "rotate",
      rotationError && `cannot rotate ${this.path}, so it grows on: ${rotationError.message}`,
    );
  }
}

const NOTHING = Buffer.alloc(0);
