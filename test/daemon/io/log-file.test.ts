import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
