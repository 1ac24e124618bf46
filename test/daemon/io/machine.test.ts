import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localMachine } from "../../../daemon/io/machine.ts";

const disk = localMachine();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "machine-"));
  mkdirSync(join(folder, "conf.d"));
  mkdirSync(join(folder, "extra"));
  for (const name of ["b.conf", "a.conf", ".hidden.conf", "c.ini", "[x].conf"]) {
    writeFileSync(join(folder, "conf.d", name), name);
  }
  writeFileSync(join(folder, "extra", "d.conf"), "");
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The matches of a pattern, relative to the folder. */
function matches(pattern: string): string[] {
  return disk.glob(join(folder, pattern)).map((path) => path.slice(folder.length + 1));
}

test("a pattern matches names in order, hidden ones left out", () => {
  expect(matches("conf.d/[!x[]*.conf")).toEqual(["conf.d/a.conf", "conf.d/b.conf"]);
  expect(matches("conf.d/*.conf")).toEqual(["conf.d/[x].conf", "conf.d/a.conf", "conf.d/b.conf"]);
});

test("hidden names match a pattern that starts with a dot", () => {
  expect(matches("conf.d/.*.conf")).toEqual(["conf.d/.hidden.conf"]);
});

test("a pattern may stand for folders", () => {
  expect(matches("*/d.conf")).toEqual(["extra/d.conf"]);
});

test("question marks and sets stand for one character", () => {
  expect(matches("conf.d/?.conf")).toEqual(["conf.d/a.conf", "conf.d/b.conf"]);
  expect(matches("conf.d/[bc].*")).toEqual(["conf.d/b.conf", "conf.d/c.ini"]);
});

test("a plain name matches itself if it is there", () => {
  expect(matches("conf.d/a.conf")).toEqual(["conf.d/a.conf"]);
  expect(matches("conf.d/none.conf")).toEqual([]);
  expect(matches("none/*.conf")).toEqual([]);
});

test("a file is handed over as it is, and what cannot be read by the system's name for why", () => {
  const file = disk.readFile(join(folder, "conf.d", "a.conf"));
  expect(file.kind === "text" ? file.text : file.kind).toBe("a.conf");
  expect(disk.readFile(join(folder, "none"))).toEqual({ kind: "error", code: "ENOENT" });
  expect(disk.readFile(folder)).toEqual({ kind: "error", code: "EISDIR" });
  expect(disk.readFile("a\0b").kind).toBe("error");
});

test("folders are told from files and from nothing", () => {
  expect(disk.isDirectory(folder)).toBe(true);
  expect(disk.isDirectory(join(folder, "conf.d", "a.conf"))).toBe(false);
  expect(disk.isDirectory(join(folder, "none"))).toBe(false);
  expect(disk.isDirectory("a\0b")).toBe(false);
});

test("accounts are known by name and by number", () => {
  const { username, uid, homedir } = userInfo();
  expect(disk.userExists(username)).toBe(true);
  expect(disk.userExists(uid)).toBe(true);
  expect(disk.homeDirectory(null)).toBe(homedir);
});

test("an account that is not listed is unknown, where the system lists its accounts in files", () => {
  const listed = process.platform === "linux";
  expect(disk.userExists("no-such-user")).toBe(!listed);
  expect(disk.groupExists("no-such-group")).toBe(!listed);
  expect(disk.homeDirectory("no-such-user")).toBeNull();
});
