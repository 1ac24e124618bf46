import { expect, test } from "vitest";
import { ProcessTable, type Root, type TreeEntry } from "../../../daemon/core/process-tree.ts";

/** A machine with a program 100 (in the session that it leads) that has ended, of the run `ours`. */
const ROOT: Root = { pid: 100, startTime: "50", marker: "ours", seen: new Map() };

function entry(pid: number, facts: Partial<TreeEntry> = {}): TreeEntry {
  return { pid, ppid: 1, session: pid, group: pid, startTime: "60", ...facts };
}

function treeOf(
  entries: readonly TreeEntry[],
  markers: Readonly<Record<number, string>> = {},
  root: Partial<Root> = {},
) {
  const table = new ProcessTable(entries, (pid) => markers[pid] ?? null);
  return table.treeOf({ ...ROOT, ...root }).map(({ pid }) => pid);
}

test("what is in the session of the program belongs to it", () => {
  expect(treeOf([entry(101, { session: 100 }), entry(102)])).toEqual([101]);
});

test("what carries its marker belongs to it, in whatever session", () => {
  expect(treeOf([entry(101), entry(102)], { 101: "ours", 102: "other" })).toEqual([101]);
});

test("what was seen to descend from it belongs to it, as long as it is the same process", () => {
  const seen = new Map([
    [101, "60"],
    [102, "61"],
  ]);
  expect(treeOf([entry(101), entry(102)], {}, { seen })).toEqual([101]);
});

test("what those have started belongs to it too", () => {
  const entries = [
    entry(101, { session: 100 }),
    entry(102, { ppid: 101 }),
    entry(103, { ppid: 102 }),
    entry(104),
  ];
  expect(treeOf(entries)).toEqual([101, 102, 103]);
});

test("a program of another run is left alone, with all that it started", () => {
  const entries = [entry(101, { session: 100 }), entry(102, { ppid: 101 }), entry(103, { ppid: 102 })];
  expect(treeOf(entries, { 102: "other" })).toEqual([101]);
  expect(treeOf([entry(101, { session: 100 })], { 101: "other" })).toEqual([]);
});

test("what is older than the program is none of its", () => {
  expect(treeOf([entry(101, { session: 100, startTime: "49" })], { 101: "ours" })).toEqual([]);
});

test("a session of a later process with the same number is another one", () => {
  expect(treeOf([entry(100, { startTime: "70" }), entry(101, { session: 100 })])).toEqual([]);
});

test("of a run whose start was not seen, or that ended long ago, only what carries its marker is found", () => {
  const entries = [entry(101, { session: 100 }), entry(102, { session: 0 }), entry(103)];
  expect(treeOf(entries, { 103: "ours" }, { startTime: null })).toEqual([103]);
  expect(treeOf(entries, { 103: "ours" }, { pid: null })).toEqual([103]);
  expect(treeOf([entry(1, { session: 100 })])).toEqual([]);
});

test("the program itself is not among what it started, and shows it as long as it lives", () => {
  const entries = [entry(100, { startTime: "50" }), entry(101, { ppid: 100 }), entry(102, { ppid: 101 })];
  expect(treeOf(entries)).toEqual([101, 102]);
  const table = new ProcessTable(entries, () => null);
  expect(table.descendantsOf(ROOT).map(({ pid }) => pid)).toEqual([101, 102]);
  expect(table.descendantsOf({ ...ROOT, startTime: "51" })).toEqual([]);
});

test("start times that are dates are compared as dates", () => {
  const startTime = "Sat Nov 21 03:05:34 2026";
  const older = entry(101, { session: 100, startTime: "Fri Nov 20 23:00:00 2026" });
  const younger = entry(102, { session: 100, startTime: "Sat Nov 21 03:05:35 2026" });
  expect(treeOf([older, younger], {}, { startTime })).toEqual([102]);
});
