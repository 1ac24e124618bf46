import { execFileSync } from "node:child_process";
import {
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  readSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { Socket } from "node:net";
import { dirname } from "node:path";
import { isErrno } from "./errno.ts";

/** Makes the FIFOs that are not there yet, in one call however many. */
export function makeFifos(paths: readonly string[]): void {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  for (const folder of new Set(missing.map(dirname))) mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A link of `restoreFifo`, whose process has ended, may be in the place.
  for (const path of missing) if (lstatSync(path, { throwIfNoEntry: false })) rmSync(path);
  // An argument list has a limit; a thousand paths stay far below it.
  for (let i = 0; i < missing.length; i += 1000) {
    execFileSync("mkfifo", ["-m", "600", "--", ...missing.slice(i, i + 1000)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
  }
}

/**
 * Puts a link in the place of a FIFO that was removed while a process has it open: Linux keeps one for each descriptor.
 * False elsewhere, or where the descriptor is something else by now: nothing is done then.
 */
export function restoreFifo(path: string, pid: number, descriptor: number): boolean {
  const link = `/proc/${pid}/fd/${descriptor}`;
  if (existsSync(path) || readLink(link) !== `${path} (deleted)`) return false;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  symlinkSync(link, path);
  return true;
}

function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // The process is gone, or the system has no such folder.
    return null;
  }
}

/** Forgets a FIFO; what holds it open goes on. */
export function removeFifo(path: string): void {
  rmSync(path, { force: true });
}

/**
 * A descriptor to give to a child. Open for reading too, so that the child is its own reader: the daemon's death
 * sends it no SIGPIPE, and what it wrote stays in the FIFO for the next daemon.
 */
export function openForChild(path: string): number {
  return openFifo(path, constants.O_RDWR);
}

/** A descriptor whose holder keeps what was written to the FIFO from being lost, also when all writers are gone. */
export function openForReading(path: string): number {
  return openFifo(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

/** Follows no link but one of `restoreFifo`, which leads to the FIFO that stood here. */
function openFifo(path: string, flags: number): number {
  const link = readLink(path);
  const isRestored =
    link !== null && /^\/proc\/\d+\/fd\/\d+$/.test(link) && readLink(link) === `${path} (deleted)`;
  return isRestored ? openSync(link, flags) : openSync(path, flags | constants.O_NOFOLLOW);
}

/** Reads need no memory of their own: what arrives is dealt with before the next read. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);

/** What a reader tells. Data is only valid during the call. */
type ReaderEvents = {
  readonly onData: (data: Buffer) => void;
  /** Nobody may write to the FIFO any more; not told after `close`. */
  readonly onEnd: () => void;
};

/** Reads a FIFO as long as somebody may write to it. */
export class FifoReader {
  /** Which FIFO it is: another one may have taken its path. */
  readonly inode: number;
  readonly #fd: number;
  readonly #socket: Socket;
  readonly #onData: ReaderEvents["onData"];
  #closed = false;

  /** Of a FIFO that has no writer when it is opened no end is told; `drain` finds it. Throws what the system says. */
  constructor(path: string, { onData, onEnd }: ReaderEvents) {
    this.#onData = onData;
    this.#fd = openForReading(path);
    this.inode = fstatSync(this.#fd).ino;
    const callback = (length: number) => {
      onData(shared.subarray(0, length));
      return true;
    };
    const onread = { buffer: shared, callback };
    this.#socket = new Socket({ fd: this.#fd, readable: true, writable: false, onread });
    this.#socket.on("error", () => this.#socket.destroy());
    this.#socket.on("close", () => {
      if (this.#closed) return;
      this.#closed = true;
      onEnd();
    });
    this.#socket.resume();
  }

  /** Leaves what comes in the FIFO, where it makes the writers wait, until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /**
   * Reads what waits already, up to `limit` bytes: a writer that never rests must not hold everything up. Says whether
   * nobody may write any more.
   */
  drain(limit = 4 * 1024 * 1024): "open" | "ended" {
    let read = 0;
    // A destroyed socket has given its descriptor back, though it says so only later.
    while (!this.#closed && !this.#socket.destroyed) {
      const length = this.#readOnce();
      if (length === 0) return "ended";
      if (length === null) return "open";
      read += length;
      this.#onData(shared.subarray(0, length));
      if (read > limit) return "open";
    }
    return "ended";
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
  }

  /** Null where nothing waits at present. */
  #readOnce(): number | null {
    try {
      return readSync(this.#fd, shared, 0, shared.length, null);
    } catch (error) {
      if (isErrno(error, "EAGAIN")) return null;
      throw error;
    }
  }
}

/** Writes to a child's stdin without ever waiting for it to read; what it does not take yet is kept in order. */
export class FifoWriter {
  readonly #socket: Socket;

  constructor(path: string) {
    const fd = openFifo(path, constants.O_WRONLY | constants.O_NONBLOCK);
    this.#socket = new Socket({ fd, readable: false, writable: true });
    this.#socket.on("error", () => this.#socket.destroy());
  }

  /** False if nobody can read it any more. */
  write(data: string): boolean {
    if (this.#socket.destroyed) return false;
    this.#socket.write(data);
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }
}
