import { describe, expect, test } from "vitest";
import { EVENT_TYPES } from "../../../../daemon/config/event-types.ts";
import { type EventName, includesEvent } from "../../../../daemon/core/events/event.ts";
import {
  communicationEvent,
  daemonEvent,
  groupEvent,
  logEvent,
  remoteEvent,
  stateEvent,
  tickEvent,
} from "../../../../daemon/core/events/payloads.ts";
import { undecodable } from "../../../../daemon/core/events/text.ts";
import { nextTickAt, timeSlice } from "../../../../daemon/core/events/ticks.ts";
import type { Process } from "../../../../daemon/core/process.ts";

const WEB = { name: "web_00", group: "web", pid: 42 };
const alive = { pid: 42, startedAt: 0, quickRuns: 0 };

/** What Supervisor's own payload methods give for the same facts. */
const STATES: readonly (readonly [Process, string])[] = [
  [{ state: "STARTING", phase: "spawning", failures: 2, quickRuns: 0 }, "tries:2"],
  [{ state: "BACKOFF", failures: 3, retryAt: 0 }, "tries:3"],
  [{ state: "RUNNING", ...alive }, "pid:42"],
  [{ state: "STOPPING", ...alive, killAt: 0, phase: "program", killed: "no" }, "pid:42"],
  [{ state: "STOPPED" }, "pid:42"],
  [{ state: "EXITED", expected: true, restart: null }, "expected:1 pid:42"],
  [{ state: "EXITED", expected: false, restart: null }, "expected:0 pid:42"],
];

describe("the payload", () => {
  test.each(STATES)("of a change to %o has its own facts", (to, facts) => {
    expect(stateEvent(WEB, "UNKNOWN", to)).toEqual({
      name: `PROCESS_STATE_${to.state}`,
      payload: `processname:web_00 groupname:web from_state:UNKNOWN ${facts}`,
    });
  });

  test("of a change to FATAL or UNKNOWN has no facts more", () => {
    const payload = "processname:web_00 groupname:web from_state:BACKOFF";
    expect(stateEvent(WEB, "BACKOFF", { state: "FATAL" }).payload).toBe(payload);
    expect(stateEvent(WEB, "BACKOFF", { state: "UNKNOWN", pid: 42 }).payload).toBe(payload);
  });

  test("of output names process, group, pid and channel", () => {
    expect(logEvent(WEB, "stderr", "oops\n")).toEqual({
      name: "PROCESS_LOG_STDERR",
      payload: "processname:web_00 groupname:web pid:42 channel:stderr\noops\n",
    });
  });

  test("of a captured message has no channel", () => {
    expect(communicationEvent(WEB, "stdout", "hello")).toEqual({
      name: "PROCESS_COMMUNICATION_STDOUT",
      payload: "processname:web_00 groupname:web pid:42\nhello",
    });
  });

  test("of all else is Supervisor's", () => {
    const events = [
      remoteEvent("a", "b"),
      groupEvent("ADDED", "web"),
      groupEvent("REMOVED", "web"),
      daemonEvent("RUNNING"),
      daemonEvent("STOPPING"),
      tickEvent(60, 120),
    ];
    expect(events.map(({ name, payload }) => [name, payload])).toEqual([
      ["REMOTE_COMMUNICATION", "type:a\nb"],
      ["PROCESS_GROUP_ADDED", "groupname:web\n"],
      ["PROCESS_GROUP_REMOVED", "groupname:web\n"],
      ["SUPERVISOR_STATE_CHANGE_RUNNING", ""],
      ["SUPERVISOR_STATE_CHANGE_STOPPING", ""],
      ["TICK_60", "when:120"],
    ]);
  });

  test("of bytes that are no text is what Python shows", () => {
    expect(undecodable(Buffer.from("a'\n\xff\\", "latin1"))).toBe(`Undecodable: b"a'\\n\\xff\\\\"`);
    expect(undecodable(Buffer.from("'\"\xfe\t", "latin1"))).toBe(`Undecodable: b'\\'"\\xfe\\t'`);
  });
});

test("a type includes the events below it and no other", () => {
  const names = EVENT_TYPES as readonly EventName[];
  const below = (type: string) => names.filter((name) => includesEvent(type, name));
  expect(below("EVENT")).toEqual(names);
  expect(below("TICK")).toEqual(["TICK", "TICK_3600", "TICK_5", "TICK_60"]);
  expect(below("TICK_5")).toEqual(["TICK_5"]);
  expect(below("PROCESS_LOG")).toEqual(["PROCESS_LOG", "PROCESS_LOG_STDERR", "PROCESS_LOG_STDOUT"]);
  expect(below("PROCESS_STATE")).toHaveLength(9);
  expect(below("PROCESS_GROUP")).toHaveLength(3);
});

test("ticks come at the whole multiples of their period", () => {
  expect(timeSlice(5, 1004.9)).toBe(1000);
  expect(nextTickAt([5, 60, 3600], 1004.9)).toBe(1005);
  expect(nextTickAt([60, 3600], 1005)).toBe(1020);
  expect(nextTickAt([3600], 3600)).toBe(7200);
  expect(nextTickAt([], 1)).toBeNull();
});
