import { describe, expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import { STATE_CODES, type StateName } from "../../../daemon/protocol/states.ts";
import { processRow } from "../../../extension/model/process-row.ts";
import { aProcess } from "../processes.ts";

const STATES = Object.keys(STATE_CODES) as StateName[];

const row = (facts: Partial<ProcessSnapshot>, nowMs = 180_000) => processRow(aProcess("web", facts), nowMs);

describe("what a row says", () => {
  test.each<[Partial<ProcessSnapshot>, string, string]>([
    [{}, "RUNNING · pid 12 · 1m+", "web, running, pid 12, up over 1 minute"],
    [{ state: "STARTING" }, "STARTING · pid 12", "web, starting, pid 12"],
    [{ state: "STOPPED", pid: null }, "STOPPED", "web, stopped"],
    [
      { state: "EXITED", pid: null, exit: { kind: "code", code: 0 } },
      "EXITED · exit code 0",
      "web, exited, exit code 0",
    ],
    [
      { state: "EXITED", pid: null, exit: { kind: "signal", signal: "SIGKILL" } },
      "EXITED · ended by SIGKILL",
      "web, exited, ended by SIGKILL",
    ],
    [
      { state: "FATAL", pid: null, spawnError: "no such command" },
      "FATAL · no such command",
      "web, failed, no such command",
    ],
    [
      { state: "FATAL", pid: null, spawnError: "Exited too quickly", exit: { kind: "code", code: 3 } },
      "FATAL · exit code 3",
      "web, failed, exit code 3",
    ],
    [
      { state: "BACKOFF", pid: null, retryAt: 183_500, exit: { kind: "code", code: 3 } },
      "BACKOFF · exit code 3",
      "web, failed to start, waiting to try again, exit code 3",
    ],
    [
      {
        state: "STOPPING",
        pid: null,
        leftovers: [
          { pid: 13, command: "node a.js" },
          { pid: 14, command: "b" },
        ],
      },
      "STOPPING · stopping what it left behind: pid 13 (node a.js) and 1 more",
      "web, stopping, stopping what it left behind: pid 13 (node a.js) and 1 more",
    ],
  ])("%o", (facts, description, label) => {
    expect(row(facts)).toMatchObject({ description, accessibleLabel: label });
  });
});

test("every state has a shape of its own", () => {
  const shapes = STATES.map((state) => row({ state }).look.icon);
  expect(new Set(shapes).size).toBe(STATES.length);
});

test("an unexpected exit has another shape than an expected one", () => {
  expect(row({ state: "EXITED", expected: false }).look.icon).not.toBe(row({ state: "EXITED" }).look.icon);
});

test.each<[StateName, string]>([
  ["STOPPED", "process;start"],
  ["STARTING", "process;stop;restart"],
  ["RUNNING", "process;stop;restart"],
  ["BACKOFF", "process;stop;restart;failing"],
  ["STOPPING", "process;forceStop"],
  ["EXITED", "process;start"],
  ["FATAL", "process;start;failing"],
])("the buttons of %s are those that Supervisor accepts", (state, contextValue) => {
  expect(row({ state }).contextValue).toBe(contextValue);
});

test("a wait of seconds is not counted down, and a longer one only by the minute", () => {
  expect(row({ state: "BACKOFF", retryAt: 183_500 })).toMatchObject({
    description: "BACKOFF",
    changesInMs: null,
  });
  const facts = { state: "BACKOFF", retryAt: 180_000 + 150_000 } as const;
  expect(row(facts)).toMatchObject({ description: "BACKOFF · retry in 3m", changesInMs: 30_000 });
  expect(row(facts, 180_000 + 30_000).description).toBe("BACKOFF · retry in 2m");
});

test("only what grows or counts down changes by itself", () => {
  const changing = STATES.filter((state) => row({ state }).changesInMs !== null);
  expect(changing).toEqual(["RUNNING"]);
});
