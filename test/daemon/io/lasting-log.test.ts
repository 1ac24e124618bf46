import { mkdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { LastingLog } from "../../../daemon/io/lasting-log.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

const MIB = 1024 * 1024;

/** A log in whose place there is a folder, and what is told of it. */
function blockedLog() {
  const path = join(scratchFolder(), "log");
  mkdirSync(path);
  const told: string[] = [];
  const log = new LastingLog({ path, maxbytes: 0, backups: 0 }, (name, message) =>
    told.push(`${name}: ${message?.replaceAll(path, "LOG") ?? "over"}`),
  );
  onTestFinished(() => log.close());
  return { path, log, told };
}

const WRONG = "cannot write LOG: EISDIR: illegal operation on a directory, open 'LOG'";

test("what cannot be written waits, and is written in order when it can; each end of the trouble is told once", async () => {
  const { path, log, told } = blockedLog();
  for (const text of ["one ", "two ", "three"]) log.write(Buffer.from(text));
  expect(log.owed).toBe(13);
  rmdirSync(path);
  await expect.poll(() => log.owed, { timeout: 5000 }).toBe(0);
  log.write(Buffer.from(" four"));
  expect(readFileSync(path, "utf8")).toBe("one two three four");
  expect(told).toEqual([`write: ${WRONG}`, "write: over"]);
});

test("beyond a mebibyte bytes are left out, in one place, where the log says how many and why", async () => {
  const { path, log, told } = blockedLog();
  for (let i = 0; i < 300; i++) log.write(Buffer.alloc(MIB / 100, "a"));
  log.write(Buffer.from("the end"));
  const missing = 300 * Math.floor(MIB / 100) + 7 - MIB;
  rmdirSync(path);
  await expect.poll(() => log.owed, { timeout: 5000 }).toBe(0);
  log.write(Buffer.from("after\n"));
  const text = readFileSync(path, "utf8");
  expect(text.slice(0, MIB)).toBe("a".repeat(MIB));
  expect(text.slice(MIB).replaceAll(path, "LOG")).toBe(
    `\n[supervisord: ${missing} bytes are missing here: ${WRONG}]\nafter\n`,
  );
  expect(told).toEqual([`write: ${WRONG}`, `write: ${WRONG}; ${missing} bytes are missing`, "write: over"]);
});

test("a log that is emptied meanwhile begins with what comes after", async () => {
  const { path, log } = blockedLog();
  log.write(Buffer.from("before"));
  log.noteCleared();
  log.write(Buffer.from("after"));
  rmdirSync(path);
  await expect.poll(() => log.owed, { timeout: 5000 }).toBe(0);
  expect(readFileSync(path, "utf8")).toBe("after");
});

test("a log that cannot be rotated says so once, goes on, and says when it can again", () => {
  const path = join(scratchFolder(), "log");
  mkdirSync(join(`${path}.1`, "full"), { recursive: true });
  const told: (string | null)[] = [];
  const log = new LastingLog({ path, maxbytes: 4, backups: 1 }, (name, message) =>
    told.push(message && `${name}: ${message.split(": ")[0]?.replaceAll(path, "LOG")}`),
  );
  onTestFinished(() => log.close());
  for (const text of ["aaaa", "b", "b"]) log.write(Buffer.from(text));
  rmSync(`${path}.1`, { recursive: true });
  log.write(Buffer.from("cccc"));
  expect(told).toEqual(["rotate: cannot rotate LOG, so it grows on", null]);
  expect(readFileSync(`${path}.1`, "utf8")).toBe("aaaabbcccc");
});

test("a log that cannot be opened at the start says why", () => {
  const { log } = blockedLog();
  expect(() => log.open()).toThrow("EISDIR");
});
