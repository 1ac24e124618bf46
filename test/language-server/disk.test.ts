import { execFileSync } from "node:child_process";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localDisk } from "../../language-server/disk.ts";
import { scratchFolder } from "../helpers/scratch.ts";

test("a file that is too long to be judged is not read", () => {
  const file = join(scratchFolder(), "long.conf");
  writeFileSync(file, "");
  truncateSync(file, 1e9);
  expect(localDisk().readFile(file)).toEqual({ kind: "error", code: "EFBIG" });
});

test("a pipe, which nobody may ever write, is not read", () => {
  const file = join(scratchFolder(), "pipe.conf");
  execFileSync("mkfifo", [file]);
  expect(localDisk().readFile(file)).toEqual({ kind: "error", code: "ENXIO" });
});

test("a byte order mark is left away, as editors do", () => {
  const file = join(scratchFolder(), "marked.conf");
  writeFileSync(file, "\ufeff[supervisord]\n");
  expect(localDisk().readFile(file)).toEqual({ kind: "text", text: "[supervisord]\n" });
});
