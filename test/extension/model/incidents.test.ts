import { expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import { hush, STARTED, UNSEEN, type Watched, watchProcesses } from "../../../extension/model/incidents.ts";
import { tableOf } from "../../../extension/model/process-table.ts";
import { aProcess } from "../processes.ts";

type Facts = Partial<ProcessSnapshot>;

const RUNNING: Facts = { state: "RUNNING" };
const STARTING: Facts = { state: "STARTING" };
const STOPPING: Facts = { state: "STOPPING" };
const STOPPED: Facts = { state: "STOPPED" };
const CRASHED: Facts = { state: "EXITED", expected: false, exit: { kind: "code", code: 3 } };
const DONE: Facts = { state: "EXITED", expected: true, exit: { kind: "code", code: 0 } };
const BACKOFF: Facts = { state: "BACKOFF", exit: { kind: "code", code: 3 } };
const FATAL: Facts = { state: "FATAL", exit: { kind: "code", code: 3 } };

/** Shows a program in one state after another, each at its second, and tells what is told of it and when. */
function story(
  steps: readonly (readonly [atSecs: number, facts: Facts])[],
  from: Watched = UNSEEN,
  heldUntilSecs = 0,
): string[] {
  const told: string[] = [];
  let watched = from;
  let facts: Facts = {};
  let wakeAt: number | null = null;
  const look = (nowMs: number) => {
    const held = new Set(nowMs < heldUntilSecs * 1000 ? ["web:web"] : []);
    const step = watchProcesses(watched, tableOf([aProcess("web", facts)]), nowMs, held);
    watched = step.next;
    wakeAt = step.wakeAt;
    told.push(...step.due.map(({ fate, process }) => `${nowMs / 1000}: ${fate} ${process.state}`));
  };
  for (const [atSecs, next] of [...steps, [steps.at(-1)?.[0] ?? 0, null] as const]) {
    const untilMs = next === null ? 1_000_000 : atSecs * 1000;
    while (wakeAt !== null && wakeAt <= untilMs) look(wakeAt);
    if (next === null) break;
    facts = next;
    look(atSecs * 1000);
  }
  return told;
}

test.each<[string, Parameters<typeof story>[0], string[]]>([
  [
    "ends and stays down",
    [
      [0, RUNNING],
      [5, CRASHED],
    ],
    ["5.5: down EXITED"],
  ],
  [
    "ends and is started again at once",
    [
      [0, RUNNING],
      [5, CRASHED],
      [5.1, STARTING],
      [6, RUNNING],
    ],
    ["6: restarted EXITED"],
  ],
  [
    "fails after all retries",
    [
      [0, STOPPED],
      [1, STARTING],
      [1.2, FATAL],
    ],
    ["1.2: down FATAL"],
  ],
  [
    "cannot be started, is tried again and fails",
    [
      [0, STOPPED],
      [1, STARTING],
      [1.2, BACKOFF],
      [2.2, STARTING],
      [2.4, BACKOFF],
      [4.5, STARTING],
      [4.6, FATAL],
    ],
    ["3.2: trying BACKOFF"],
  ],
  [
    "comes up at the second try",
    [
      [0, STOPPED],
      [1, STARTING],
      [1.2, BACKOFF],
      [2.2, STARTING],
      [3, RUNNING],
    ],
    [],
  ],
  [
    "ends, cannot be started again and fails",
    [
      [0, RUNNING],
      [5, CRASHED],
      [5.1, STARTING],
      [5.2, BACKOFF],
      [6.2, STARTING],
      [6.3, FATAL],
    ],
    ["6.3: down FATAL"],
  ],
  [
    "takes long to come up again",
    [
      [0, RUNNING],
      [5, CRASHED],
      [5.1, STARTING],
      [40, RUNNING],
    ],
    ["15: trying EXITED"],
  ],
  [
    "crashes again and again, and is given up",
    [
      [0, RUNNING],
      [5, CRASHED],
      [5.1, STARTING],
      [6, RUNNING],
      [9, CRASHED],
      [9.1, STARTING],
      [10, RUNNING],
      [12, FATAL],
    ],
    ["6: restarted EXITED", "12: down FATAL"],
  ],
  [
    "crashes again after it ran for more than a minute",
    [
      [0, RUNNING],
      [5, CRASHED],
      [5.1, STARTING],
      [6, RUNNING],
      [99, CRASHED],
      [99.1, STARTING],
      [100, RUNNING],
    ],
    ["6: restarted EXITED", "100: restarted EXITED"],
  ],
  [
    "fails again when somebody starts it",
    [
      [0, RUNNING],
      [5, FATAL],
      [20, STARTING],
      [20.2, FATAL],
    ],
    ["5: down FATAL", "20.2: down FATAL"],
  ],
  [
    "fails again when somebody starts it, and the start is not seen",
    [
      [0, RUNNING],
      [5, FATAL],
      [20, BACKOFF],
      [30, FATAL],
    ],
    ["5: down FATAL", "22: trying BACKOFF"],
  ],
])("a program that %s is told of once for each incident", (_, steps, told) => {
  expect(story(steps)).toEqual(told);
});

test.each<[string, Parameters<typeof story>[0]]>([
  [
    "is stopped",
    [
      [0, RUNNING],
      [5, STOPPING],
      [6, STOPPED],
    ],
  ],
  [
    "is restarted",
    [
      [0, RUNNING],
      [5, STOPPING],
      [6, STOPPED],
      [6.1, STARTING],
      [7, RUNNING],
    ],
  ],
  [
    "ends as expected",
    [
      [0, RUNNING],
      [5, DONE],
    ],
  ],
  ["failed before anybody looked", [[0, FATAL]]],
  [
    "was being tried again when it was first seen",
    [
      [0, BACKOFF],
      [1, STARTING],
      [2, BACKOFF],
      [3, FATAL],
    ],
  ],
  [
    "is stopped while it is tried again",
    [
      [0, STOPPED],
      [1, STARTING],
      [1.2, BACKOFF],
      [2, STOPPED],
    ],
  ],
])("nothing is told of a program that %s", (_, steps) => {
  expect(story(steps)).toEqual([]);
});

test("what fails at once on a server that the window has just started is told", () => {
  expect(story([[0, FATAL]], STARTED)).toEqual(["0: down FATAL"]);
});

test("what somebody does on purpose is not told, and what comes later is", () => {
  const seen = watchProcesses(UNSEEN, tableOf([aProcess("web")]), 0).next;
  const hushed = hush(seen, ["web:web"], 3000);
  expect(story([[1, CRASHED]], hushed)).toEqual([]);
  expect(story([[4, CRASHED]], hushed)).toEqual(["4.5: down EXITED"]);
});

test("what an act comes to is not told while it goes on", () => {
  const seen = watchProcesses(UNSEEN, tableOf([aProcess("web", STOPPED)]), 0).next;
  const steps: Parameters<typeof story>[0] = [
    [1, STARTING],
    [1.2, FATAL],
    [4, FATAL],
  ];
  expect(story(steps, seen)).toEqual(["1.2: down FATAL"]);
  expect(story(steps, seen, 4)).toEqual(["4: down FATAL"]);
  expect(story(steps, seen, 5)).toEqual([]);
});
