import { describe, expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../../daemon/protocol/event-stream.ts";
import {
  keyOf,
  type ProcessAction,
  summarise,
  viewProcess,
} from "../../../../daemon/server/web/process-view.ts";
import { NOW, snapshot } from "./snapshot.ts";

const describeIt = (facts: Partial<ProcessSnapshot>) => viewProcess(snapshot(facts), NOW).description;

function actions(facts: Partial<ProcessSnapshot>): ProcessAction[] {
  const view = viewProcess(snapshot(facts), NOW);
  return (["start", "restart", "stop", "clearlog"] as const).filter((action) => view.can(action));
}

describe("the description", () => {
  test("of a running process is Supervisor's", () => {
    expect(describeIt({ state: "RUNNING", pid: 42, startedAt: NOW - 3_723_500 })).toBe(
      "pid 42, uptime 1:02:04",
    );
  });

  test("of a process that never ran says so", () => {
    expect(describeIt({})).toBe("Not started");
  });

  test("says how a process ended, and whether that was expected", () => {
    const ended = { state: "EXITED", startedAt: NOW - 5000, stoppedAt: NOW } as const;
    expect(describeIt({ ...ended, exit: { kind: "code", code: 3 } })).toMatch(
      /^exit status 3 \(not expected\), Jan 31 /,
    );
    expect(describeIt({ ...ended, exit: { kind: "code", code: 0 }, expected: true })).toMatch(
      /^exit status 0, Jan 31 /,
    );
    expect(describeIt({ ...ended, exit: { kind: "signal", signal: "SIGKILL" } })).toMatch(
      /^ended by SIGKILL \(not/,
    );
  });

  test("of one that waits for its next try counts down", () => {
    const spawnError = "Exited too quickly (process log may have details)";
    const facts = { state: "BACKOFF", exit: { kind: "code", code: 1 }, spawnError } as const;
    expect(describeIt({ ...facts, retryAt: NOW + 2500 })).toBe(
      `exit status 1, ${spawnError}, next try in 3 s`,
    );
    expect(describeIt({ ...facts, retryAt: NOW - 100 })).toMatch(/next try in 0 s$/);
  });
});

describe("the actions", () => {
  test("that make sense follow from the state", () => {
    expect(actions({ state: "RUNNING" })).toEqual(["restart", "stop", "clearlog"]);
    expect(actions({ state: "BACKOFF" })).toEqual(["restart", "stop", "clearlog"]);
    expect(actions({ state: "STOPPING" })).toEqual(["clearlog"]);
    for (const state of ["STOPPED", "FATAL", "UNKNOWN", "EXITED"] as const)
      expect(actions({ state })).toEqual(["start", "clearlog"]);
  });

  test("of one that exited and is about to be started again include stop", () => {
    expect(actions({ state: "EXITED", retryAt: NOW + 1000 })).toEqual(["start", "stop", "clearlog"]);
  });
});

test("a key is safe in URLs and attributes, whatever the name", () => {
  expect(keyOf({ group: "g\"<'>", name: "a b&c:d/é" })).toMatch(/^[\w%.'()*!~-]+$/);
  expect(() => keyOf({ group: "g", name: "\ud800" })).not.toThrow();
});

test("a summary counts the states", () => {
  expect(summarise([])).toBe("no processes");
  expect(summarise([{ state: "RUNNING" }])).toBe("1 process: 1 running");
  expect(summarise([{ state: "RUNNING" }, { state: "FATAL" }, { state: "RUNNING" }])).toBe(
    "3 processes: 2 running, 1 fatal",
  );
});
