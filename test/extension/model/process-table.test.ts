import { expect, test } from "vitest";
import type { ProcessInfo } from "../../../daemon/protocol/process-info.ts";
import { snapshotOf } from "../../../extension/model/polled-process.ts";
import { pollDelayMs, returnDelayMs } from "../../../extension/model/polling.ts";
import { applyEvent, tableOf } from "../../../extension/model/process-table.ts";
import { aProcess } from "../processes.ts";

const table = tableOf([aProcess("a"), aProcess("b_0", { group: "b" }), aProcess("b_1", { group: "b" })]);

test("a change of a process keeps its place", () => {
  const process = aProcess("a", { state: "EXITED" });
  const next = applyEvent(table, { type: "process", from: "RUNNING", process });
  expect([...next.keys()]).toEqual(["a:a", "b:b_0", "b:b_1"]);
  expect(next.get("a:a")?.state).toBe("EXITED");
});

test("a group that comes later stands where it would have stood from the start", () => {
  const table = applyEvent(tableOf([aProcess("a"), aProcess("c")]), {
    type: "added",
    processes: [aProcess("b")],
  });
  expect([...table.keys()]).toEqual(["a:a", "b:b", "c:c"]);
});

test("a group comes and goes with its processes", () => {
  const removed = applyEvent(table, { type: "removed", group: "b" });
  expect([...removed.keys()]).toEqual(["a:a"]);
  const added = applyEvent(removed, { type: "added", processes: [aProcess("c")] });
  expect([...added.keys()]).toEqual(["a:a", "c:c"]);
});

test("events that concern no process leave the table as it is", () => {
  expect(applyEvent(table, { type: "dropped", bytes: 5 })).toBe(table);
});

const info: ProcessInfo = {
  name: "web",
  group: "web",
  start: 100,
  stop: 0,
  now: 160,
  state: 20,
  statename: "RUNNING",
  spawnerr: "",
  exitstatus: 0,
  logfile: "/o",
  stdout_logfile: "/o",
  stderr_logfile: "",
  pid: 12,
  description: "",
};

test("what a real supervisord tells becomes the same snapshot, as far as it goes", () => {
  expect(snapshotOf(info)).toMatchObject({
    pid: 12,
    startedAt: 100_000,
    stoppedAt: null,
    exit: null,
    spawnError: null,
    stderrLogfile: null,
    leftovers: [],
    outdated: false,
  });
  expect(snapshotOf({ ...info, pid: 0, stop: 150, exitstatus: 3 })).toMatchObject({
    pid: null,
    exit: { kind: "code", code: 3 },
    expected: false,
  });
  expect(snapshotOf({ ...info, stop: 150, exitstatus: -1 }).exit).toEqual({ kind: "unknown" });
  const bad = { ...info, stop: 150, exitstatus: 3, spawnerr: "Bad exit code 3" };
  expect(snapshotOf(bad).exit).toEqual({ kind: "code", code: 3 });
  // Supervisor forgets the code of one that ends too soon.
  expect(snapshotOf({ ...info, stop: 150, spawnerr: "Exited too quickly" }).exit).toBeNull();
});

test("a quiet server is asked less often, a lost one looked for only so long", () => {
  expect([pollDelayMs(0), pollDelayMs(100)]).toEqual([1000, 5000]);
  expect(returnDelayMs(0)).toBe(100);
  expect(returnDelayMs(100)).toBeNull();
});

test("what only the configuration tells is added, without the secrets in it", () => {
  const configured = { command: "run --token abcdef", process_prio: 5 };
  expect(snapshotOf(info, configured)).toMatchObject({ command: "run --token ***", priority: 5 });
});
