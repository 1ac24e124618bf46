import { closeSync, constants, fstatSync, readSync, renameSync, statSync, writeSync } from "node:fs";
import { standardStream, writeToStream } from "./standard-stream.ts";
import { openTrusted } from "./trusted-file.ts";

/** A log that grows until it is rotated to `.1`, `.2` and so on, as Supervisor's do. Writes are synchronous: nothing waits in memory. */
export class LogFile {
  readonly path: string;
  readonly #maxbytes: number;
  readonly #backups: number;
  /** Where the path is the daemon's own stdout or stderr: that cannot be opened, rotated, emptied or closed. */
  readonly #stream: NodeJS.WriteStream | null;
  #fd: number | null = null;
  #size = 0;
  #rotates = false;

  /** `maxbytes` 0 never rotates; with no `backups` the file starts over. */
  constructor(path: string, maxbytes: number, backups: number) {
    this.path = path;
    this.#maxbytes = maxbytes;
    this.#backups = backups;
    this.#stream = standardStream(path);
    this.reopen();
  }

  /** Bytes in the file now. */
  get size(): number {
    return this.#size;
  }

  write(data: Buffer): void {
    if (this.#stream !== null) writeToStream(this.#stream, data);
    if (this.#fd === null) return;
    let written = 0;
    while (written < data.length) written += writeSync(this.#fd, data, written);
    this.#size += data.length;
    if (this.#rotates && this.#size >= this.#maxbytes) this.#rotate();
  }

  /** Opens the path anew: after somebody moved the file away. */
  reopen(): void {
    this.close();
    if (this.#stream !== null) return;
    this.#fd = openTrusted(this.path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o644);
    const stat = fstatSync(this.#fd);
    this.#size = stat.isFile() ? stat.size : 0;
    // A terminal or a pipe (/dev/stdout) cannot be renamed away.
    this.#rotates = this.#maxbytes > 0 && stat.isFile();
  }

  /** Empties the log; its backups stay, as with Supervisor. */
  clear(): void {
    if (this.#stream !== null) return;
    empty(this.path);
    this.#size = 0;
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #rotate(): void {
    this.close();
    for (let i = this.#backups - 1; i >= 1; i--) renameIfThere(`${this.path}.${i}`, `${this.path}.${i + 1}`);
    if (this.#backups > 0) renameIfThere(this.path, `${this.path}.1`);
    else empty(this.path);
    this.reopen();
  }
}

/** How a part of a log is asked for, as Supervisor's `readProcessLog` understands it. */
export type LogPart =
  | { readonly kind: "from"; readonly offset: number; readonly length: number | "rest" }
  | { readonly kind: "last"; readonly bytes: number }
  | { readonly kind: "wrong" };

/** A negative offset asks for that many of the last bytes and takes no length; length 0 asks for all the rest. */
export function logPart(offset: number, length: number): LogPart {
  if (offset < 0) return length === 0 ? { kind: "last", bytes: -offset } : { kind: "wrong" };
  if (length < 0) return { kind: "wrong" };
  return { kind: "from", offset, length: length === 0 ? "rest" : length };
}

/** Reads that part of a file; what lies beyond its end is empty. */
export function readPart(path: string, part: Exclude<LogPart, { kind: "wrong" }>): Buffer {
  const { size } = statSync(path);
  if (part.kind === "last") return readRange(path, Math.max(0, size - part.bytes), size);
  const end = part.length === "rest" ? size : Math.min(size, part.offset + part.length);
  return readRange(path, Math.min(part.offset, size), end);
}

/** What `tailProcessLog` answers: text, the offset of the end, and whether more was written than fits. */
export function tailPart(path: string, offset: number, length: number): [string, number, boolean] {
  const { size } = statSync(path);
  const overflow = size > offset + length;
  let start = overflow ? size - 1 : offset;
  let wanted = length;
  if (start + wanted > size) {
    if (start > size - 1) wanted = 0;
    start = size - wanted;
  }
  start = Math.max(0, start);
  const text = wanted <= 0 ? "" : readRange(path, start, Math.min(size, start + wanted)).toString();
  return [text, size, overflow];
}

/** The bytes of a file from `start` to `end`, or as many as there are. */
export function readRange(path: string, start: number, end: number): Buffer {
  const buffer = Buffer.alloc(Math.max(0, end - start));
  const fd = openTrusted(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    let read = 0;
    while (read < buffer.length) {
      const got = readSync(fd, buffer, read, buffer.length - read, start + read);
      if (got === 0) break;
      read += got;
    }
    return buffer.subarray(0, read);
  } finally {
    closeSync(fd);
  }
}

function empty(path: string): void {
  closeSync(openTrusted(path, constants.O_WRONLY | constants.O_TRUNC));
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
