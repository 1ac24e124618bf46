import { expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import { lastEnd, runMarks } from "../../../extension/model/run-marks.ts";
import { aProcess } from "../processes.ts";

const clock = (instantMs: number) => `t${instantMs}`;
const marks = (before: Partial<ProcessSnapshot>, after: Partial<ProcessSnapshot>) =>
  runMarks(aProcess("web", before), aProcess("web", after), clock);

test("a run's start tells its pid and time, its end how it ended", () => {
  expect(marks({ state: "EXITED", pid: null }, { state: "STARTING", pid: 7, startedAt: 5 })).toEqual([
    "web started · pid 7 · t5",
  ]);
  expect(
    marks({ pid: 7 }, { state: "EXITED", pid: null, stoppedAt: 9, exit: { kind: "code", code: 3 } }),
  ).toEqual(["web ended · pid 7 · exit code 3 · t9"]);
});

test("a restart that was over between two looks has both lines", () => {
  const after = { pid: 8, startedAt: 6, stoppedAt: 5, exit: { kind: "unknown" } } as const;
  expect(marks({ pid: 7 }, after)).toEqual([
    "web ended · pid 7 · end not seen · t5",
    "web started · pid 8 · t6",
  ]);
});

test("a change of state within a run has no line", () => {
  expect(marks({ state: "STARTING" }, { state: "RUNNING" })).toEqual([]);
});

test("a program that cannot be started says why, each time and at the last", () => {
  const why = { pid: null, spawnError: "no such command" };
  expect(marks({ state: "STARTING", pid: null }, { state: "BACKOFF", ...why })).toEqual([
    "web cannot start · no such command",
  ]);
  expect(marks({ state: "BACKOFF", pid: null }, { state: "FATAL", ...why })).toEqual([
    "web failed · no such command",
  ]);
});

test("a program that is down when its log is opened says how it ended", () => {
  const down = { state: "EXITED", pid: null, stoppedAt: 9, exit: { kind: "code", code: 3 } } as const;
  expect(lastEnd(aProcess("web", down), clock)).toBe("web ended · exit code 3 · t9");
  expect(lastEnd(aProcess("web", { state: "FATAL", pid: null, spawnError: "no such command" }), clock)).toBe(
    "web failed · no such command",
  );
  expect(lastEnd(aProcess("web", { state: "STOPPED", pid: null }), clock)).toBeNull();
  expect(lastEnd(aProcess("web"), clock)).toBeNull();
});
