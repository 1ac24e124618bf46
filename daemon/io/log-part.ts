import { closeSync, constants, readSync, statSync } from "node:fs";
import { openTrusted } from "./trusted-file.ts";

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
