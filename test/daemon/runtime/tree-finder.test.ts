import { expect, test, vi } from "vitest";
import { ProcessTable, type Root } from "../../../daemon/core/process-tree.ts";
import { TreeFinder } from "../../../daemon/runtime/tree-finder.ts";

const root = (pid: number): Root => ({ pid, startTime: "1", marker: null, seen: new Map() });
const TABLE = new ProcessTable(
  [
    { pid: 11, ppid: 1, group: 10, session: 10, startTime: "2" },
    { pid: 21, ppid: 1, group: 20, session: 20, startTime: "2" },
  ],
  () => null,
);

test("all who ask in the same turn are served by one look, which is not older than their question", async () => {
  const read = vi.fn(() => TABLE);
  const finder = new TreeFinder(() => {}, read);
  finder.descendantsOf(root(10));
  finder.descendantsOf(root(20));
  expect(read).toHaveBeenCalledTimes(1);
  const pids = await Promise.all([10, 20].map((pid) => found(finder, pid)));
  expect(pids).toEqual([[11], [21]]);
  expect(read).toHaveBeenCalledTimes(2);
});

test("a look that fails is tried again, and told as a fault for as long as that lasts", async () => {
  const faults: (string | null)[] = [];
  let failures = 2;
  const read = () => {
    if (failures-- > 0) throw new Error("EMFILE");
    return TABLE;
  };
  const finder = new TreeFinder((message) => faults.push(message), read);
  expect(await found(finder, 10)).toEqual([11]);
  expect(faults).toEqual([
    "cannot look for what programs leave behind: Error: EMFILE",
    "cannot look for what programs leave behind: Error: EMFILE",
    null,
  ]);
});

function found(finder: TreeFinder, pid: number): Promise<number[]> {
  return new Promise((done) => {
    finder.find(root(pid), (entries) => done(entries.map((entry) => entry.pid)));
  });
}
