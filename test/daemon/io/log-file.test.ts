import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { LogFile } from "../../../daemon/io/log-file.ts";
import { logPart, readPart, tailPart } from "../../../daemon/io/log-part.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

test("a log is rotated when it has reached its size, and keeps as many backups as asked", () => {
  const folder = scratchFolder();
  const log = new LogFile(join(folder, "log"), 4, 2);
  for (const text of ["aaaa", "bbbb", "cccc", "dddd", "e"]) log.append(Buffer.from(text));
  log.close();
  expect(contents(folder)).toEqual({ log: "e", "log.1": "dddd", "log.2": "cccc" });
});

test("without backups a full log starts over", () => {
  const folder = scratchFolder();
  const log = new LogFile(join(folder, "log"), 4, 0);
  for (const text of ["aaaa", "b"]) log.append(Buffer.from(text));
  log.close();
  expect(contents(folder)).toEqual({ log: "b" });
});

test("a log goes on where an earlier run ended, and size 0 never rotates", () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "log"), "old ");
  const log = new LogFile(join(folder, "log"), 0, 3);
  log.append(Buffer.from("new"));
  expect(log.size).toBe(7);
  log.close();
  expect(contents(folder)).toEqual({ log: "old new" });
});

test("after reopening, a log that was moved away is written anew", () => {
  const folder = scratchFolder();
  const log = new LogFile(join(folder, "log"), 0, 0);
  log.append(Buffer.from("one"));
  renameSync(join(folder, "log"), join(folder, "moved"));
  log.reopen();
  log.append(Buffer.from("two"));
  log.close();
  expect(contents(folder)).toEqual({ moved: "one", log: "two" });
});

test("clearing empties the log, keeps its backups, and writing goes on at the start", () => {
  const folder = scratchFolder();
  const log = new LogFile(join(folder, "log"), 4, 2);
  for (const text of ["aaaa", "bb"]) log.append(Buffer.from(text));
  log.clear();
  log.append(Buffer.from("c"));
  log.close();
  expect(contents(folder)).toEqual({ log: "c", "log.1": "aaaa" });
});

test("parts of a log are asked for as Supervisor's clients do", () => {
  const file = join(scratchFolder(), "log");
  writeFileSync(file, "0123456789");
  const read = (offset: number, length: number) => {
    const part = logPart(offset, length);
    return part.kind === "wrong" ? "wrong" : readPart(file, part).toString();
  };
  expect(read(0, 0)).toBe("0123456789");
  expect(read(2, 3)).toBe("234");
  expect(read(-4, 0)).toBe("6789");
  expect(read(-100, 0)).toBe("0123456789");
  expect(read(100, 5)).toBe("");
  expect(read(-4, 2)).toBe("wrong");
  expect(read(0, -1)).toBe("wrong");
});

test("a tail says where the log ends and whether it has outrun the reader", () => {
  const file = join(scratchFolder(), "log");
  writeFileSync(file, "0123456789");
  expect(tailPart(file, 0, 100)).toEqual(["0123456789", 10, false]);
  expect(tailPart(file, 0, 4)).toEqual(["6789", 10, true]);
  expect(tailPart(file, 10, 4)).toEqual(["", 10, false]);
});

describe("a log whose file", () => {
  const cases: Readonly<Record<string, (path: string) => void>> = {
    "was removed": (path) => rmSync(path),
    "was moved away": (path) => renameSync(path, `${path}.moved`),
    "was replaced": (path) => {
      writeFileSync(`${path}.new`, "");
      renameSync(`${path}.new`, path);
    },
    "is gone with its folder": (path) => rmSync(dirname(path), { recursive: true }),
  };
  test.each(Object.keys(cases))("%s goes on in a new one at the path", async (name) => {
    const path = join(scratchFolder(), "logs", "log");
    const log = openLog(path);
    log.append(Buffer.from("before\n"));
    cases[name]?.(path);
    await expect.poll(() => appended(log, path)).toMatch(/^(?:after\n)+$/);
    log.close();
  });

  test("was truncated goes on at its start, and is rotated by the size that it has now", async () => {
    const path = join(scratchFolder(), "log");
    const log = new LogFile(path, 100, 1);
    log.append(Buffer.from("x".repeat(90)));
    truncateSync(path);
    const sizeNow = () => {
      log.append(Buffer.alloc(0));
      return log.size;
    };
    await expect.poll(sizeNow).toBe(0);
    log.append(Buffer.from("y".repeat(90)));
    log.close();
    expect(contents(dirname(path))).toEqual({ log: "y".repeat(90) });
  });

  test("is another's by now, and cannot be opened, says why and what was not written", () => {
    const path = join(scratchFolder(), "log");
    mkdirSync(path);
    const { written, error } = new LogFile(path, 0, 0).append(Buffer.from("text"));
    expect([written, error?.message]).toEqual([0, expect.stringContaining("EISDIR")]);
  });
});

test("a log that cannot be rotated grows on, and tells why", () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, "log.1", "full"), { recursive: true });
  const log = new LogFile(join(folder, "log"), 4, 1);
  for (const text of ["aaaa", "bbbb"]) log.append(Buffer.from(text));
  expect(log.rotationError?.message).toMatch(/EISDIR|ENOTEMPTY/);
  rmSync(join(folder, "log.1"), { recursive: true });
  log.append(Buffer.from("cccc"));
  expect(log.rotationError).toBeNull();
  log.close();
  expect(contents(folder)).toEqual({ log: "", "log.1": "aaaabbbbcccc" });
});

function openLog(path: string): LogFile {
  mkdirSync(dirname(path));
  const log = new LogFile(path, 0, 0);
  log.reopen();
  return log;
}

function appended(log: LogFile, path: string): string {
  log.append(Buffer.from("after\n"));
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
