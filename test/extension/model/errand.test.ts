import { expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import { errandFor, isUnderWay, timedOut, verdictOn } from "../../../extension/model/errand.ts";
import { aProcess } from "../processes.ts";

test("a start is done once every process runs", () => {
  const [running, starting] = [aProcess("web"), aProcess("api", { state: "STARTING" })];
  expect(verdictOn("start", [running, starting])).toEqual({ kind: "waiting" });
  expect(verdictOn("start", [running])).toEqual({ kind: "done", sentence: "web is running, pid 12." });
});

test("waiting goes on while a program is tried again, and where nobody has started it yet", () => {
  for (const state of ["BACKOFF", "STOPPED", "STARTING", "STOPPING"] as const)
    expect(verdictOn("wait", [aProcess("web", { state })])).toEqual({ kind: "waiting" });
});

test("a program that is given up ends the wait with how it ended", () => {
  const failed = down("FATAL", { exit: { kind: "code", code: 3 } });
  expect(verdictOn("wait", [aProcess("api"), failed])).toEqual({
    kind: "failed",
    process: failed,
    sentence: "web has failed: exit code 3.",
  });
  const missing = down("FATAL", { spawnError: "no such file", exit: null });
  expect(verdictOn("start", [missing])).toMatchObject({ sentence: "web has failed: no such file." });
});

test("a program that ended as it should counts as done, one that did not as failed", () => {
  const exit = { kind: "code", code: 0 } as const;
  expect(verdictOn("wait", [down("EXITED", { exit })])).toEqual({
    kind: "done",
    sentence: "web has done its job.",
  });
  expect(verdictOn("start", [down("EXITED", { expected: false })])).toMatchObject({ kind: "failed" });
});

test("a stop is done once nothing runs, however it came to that", () => {
  expect(verdictOn("stop", [down("STOPPED"), down("FATAL")])).toMatchObject({ kind: "done" });
  expect(verdictOn("stop", [aProcess("web", { state: "STOPPING" })])).toEqual({ kind: "waiting" });
});

test("what an act answered is the end only where nothing happens any more", () => {
  expect(isUnderWay([down("STOPPED"), down("FATAL")])).toBe(false);
  expect(isUnderWay([down("STOPPED"), aProcess("api", { state: "BACKOFF" })])).toBe(true);
});

test("a name may come with its server, or be an id that has it", () => {
  const errand = { action: "start", program: "web", server: "a/supervisord.conf", timeoutMs: 1 };
  expect(errandFor("start", { program: "web", server: "a/supervisord.conf" }, 1)).toEqual(errand);
  expect(errandFor("start", "a/supervisord.conf|web", 1)).toEqual(errand);
  expect(errandFor("start", "web", 1)).toEqual({ ...errand, server: null });
});

test("an errand that is given up says for how long it was tried", () => {
  expect(timedOut(errandFor("wait", "web", 1500))).toBe("web is still not running after 1.5 seconds.");
  expect(timedOut(errandFor("stop", "web", 60_000))).toBe("web is still not down after 60 seconds.");
});

function down(state: ProcessSnapshot["state"], facts: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return aProcess("web", { state, pid: null, ...facts });
}
