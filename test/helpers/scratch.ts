import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder that is gone when the test is over. Its path is short enough for a unix socket. */
export function scratchFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "svt-"));
  onTestFinished(() => {
    // Where a process that ends removes files of its own meanwhile, `rmSync` stops half-way and says nothing.
    while (existsSync(path)) rmSync(path, { recursive: true, force: true });
  });
  return path;
}
