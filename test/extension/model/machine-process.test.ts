import { expect, test } from "vitest";
import { eldestOf, parsePs, parseStat, treeOf } from "../../../extension/model/machine-process.ts";

const one = (pid: number, ppid: number, session = 1, group = session) => ({
  pid,
  ppid,
  session,
  group,
  startTime: "1",
});

test("a program is itself, what descends from it, and what is left in its session or group", () => {
  const machine = [
    one(10, 1, 10),
    one(11, 10, 10),
    one(12, 11, 12),
    one(13, 1, 10),
    one(14, 1, 9, 10),
    one(15, 14, 15),
    one(20, 1, 20),
  ];
  expect(treeOf(machine, 10).toSorted()).toEqual([10, 11, 12, 13, 14, 15]);
  expect(treeOf(machine, 10)[0]).toBe(10);
});

test("a number that nobody has is no program", () => {
  expect(treeOf([one(11, 10, 10)], 10)).toEqual([]);
});

test("what a server shares with its workers is the server's", () => {
  expect(eldestOf([one(12, 11), one(11, 10), one(13, 11)])?.pid).toBe(11);
  expect(eldestOf([])).toBeNull();
});

test("a process is read from Linux's line whatever its name is", () => {
  const rest = `${"0 ".repeat(15)}4711 0`;
  expect(parseStat(7, `7 (a) b (c) S 1 7 5 ${rest}`)).toMatchObject({ ppid: 1, group: 7, session: 5 });
  expect(parseStat(7, `7 (a) Z 1 7 5 ${rest}`)).toBeNull();
});

test("ps tells processes without dead ones", () => {
  expect(
    parsePs("  7   1   7 Ss  Sat Nov 21 06:00:00 2026\n  8   7   7 Z+  Sat Nov 21 06:00:01 2026\n"),
  ).toEqual([{ pid: 7, ppid: 1, group: 7, session: 7, startTime: "Sat Nov 21 06:00:00 2026" }]);
});
