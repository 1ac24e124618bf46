import { closeSync, constants, writeSync } from "node:fs";
import { openTrusted } from "./trusted-file.ts";

/** Writes the number of this process into a file. */
export function writePid(path: string): void {
  const fd = openTrusted(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o644);
  try {
    writeSync(fd, `${process.pid}\n`);
  } finally {
    closeSync(fd);
  }
}
