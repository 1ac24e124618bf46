import { describe, expect, test } from "vitest";
import { type Process, wakeAt } from "../../../daemon/core/process.ts";
import { type Input, step } from "../../../daemon/core/step.ts";
import { DEFAULT_POLICY, describeEffect, describeInput, timeline } from "../../helpers/timeline.ts";

const START = { at: 0, input: { type: "start" } } as const;
const spawned = (at: number, pid = 100) => ({ at, input: { type: "spawned", pid } }) as const;
const exited = (at: number, code: number) =>
  ({ at, input: { type: "exited", exit: { kind: "code", code } } }) as const;
const killed = (at: number) =>
  ({ at, input: { type: "exited", exit: { kind: "signal", signal: "SIGKILL" } } }) as const;
const wake = (at?: number) =>
  at === undefined ? { input: { type: "wake" } as const } : { at, input: { type: "wake" } as const };
const stop = (at: number) => ({ at, input: { type: "stop" } }) as const;

const STATES: readonly Process[] = [
  { state: "STOPPED" },
  { state: "STARTING", phase: "spawning", failures: 1, quickRuns: 0 },
  { state: "STARTING", phase: "up", pid: 7, startedAt: 0, failures: 1, quickRuns: 0, upAt: 5000 },
  { state: "RUNNING", pid: 7, startedAt: 0, quickRuns: 0 },
  { state: "BACKOFF", failures: 3, retryAt: 5000 },
  { state: "STOPPING", pid: 7, startedAt: 0, quickRuns: 0, phase: "program", killAt: 5000, killed: "no" },
  { state: "EXITED", expected: true, restart: null },
  { state: "EXITED", expected: false, restart: { at: 5000, quickRuns: 40 } },
  { state: "FATAL" },
  { state: "UNKNOWN", pid: 7 },
];

const INPUTS: readonly Input[] = [
  { type: "start" },
  { type: "stop" },
  { type: "shutdown" },
  { type: "spawned", pid: 8 },
  { type: "spawn-failed", reason: "can't find command 'web'", isShortage: false },
  { type: "spawn-failed", reason: "too many open files to spawn 'web'", isShortage: true },
  { type: "exited", exit: { kind: "code", code: 0 } },
  { type: "exited", exit: { kind: "code", code: 3 } },
  { type: "exited", exit: { kind: "signal", signal: "SIGSEGV" } },
  { type: "exited", exit: { kind: "unknown" } },
  { type: "signal-failed", reason: "EPERM" },
  { type: "wake" },
];

test("every state answers every input", async () => {
  const lines = STATES.flatMap((process) => [
    `\n== ${JSON.stringify(process)}`,
    ...INPUTS.flatMap((input) =>
      [1000, 6000].map((now) => {
        const { next, effects } = step(process, input, DEFAULT_POLICY, now);
        const done = effects.length === 0 ? "nothing" : effects.map(describeEffect).join("; ");
        return `${now} ${describeInput(input)}\n    ${done}\n    = ${JSON.stringify(next)}`;
      }),
    ),
  ]);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("step.matrix.txt");
});

describe("a process", () => {
  test("runs once it has stayed up for startsecs", () => {
    expect(timeline([START, spawned(2), wake()])).toMatchSnapshot();
  });

  test("runs in the next turn with startsecs=0", () => {
    expect(timeline([START, spawned(2), wake()], { startsecs: 0 })).toMatchSnapshot();
  });

  test("is tried startretries times more, each a second later than the last, and then given up", () => {
    const tries = [0, 1, 2, 3].flatMap((i) => [
      spawned(i * 10_000),
      exited(i * 10_000 + 100, 1),
      wake(i * 10_000 + 9_000),
    ]);
    expect(timeline([START, ...tries])).toMatchSnapshot();
  });

  test("is not tried before its backoff is over", () => {
    const story = timeline([START, spawned(0), exited(100, 1), wake(1099), wake(1100)]);
    expect(story).toMatchSnapshot();
  });

  test("that ends as expected stays down", () => {
    expect(timeline([START, spawned(0), wake(), exited(5000, 0)])).toMatchSnapshot();
  });

  test("that ends unexpectedly is up again at once", () => {
    expect(timeline([START, spawned(0), wake(), killed(5000), spawned(5001, 101)])).toMatchSnapshot();
  });

  test("with autorestart=true is up again whatever its exit code", () => {
    expect(timeline([START, spawned(0), wake(), exited(5000, 0)], { autorestart: true })).toMatchSnapshot();
  });

  test("with autorestart=false stays down whatever its exit code", () => {
    expect(timeline([START, spawned(0), wake(), exited(5000, 1)], { autorestart: false })).toMatchSnapshot();
  });

  test("that is slow to stop is killed after stopwaitsecs", () => {
    expect(timeline([START, spawned(0), wake(), stop(5000), wake(), killed(15_001)])).toMatchSnapshot();
  });

  test("with stopasgroup and killasgroup takes its group along", () => {
    const group = { stopasgroup: true, killasgroup: true, stopsignal: 2 };
    expect(
      timeline([START, spawned(0), wake(), stop(5000), wake(), killed(15_001)], group),
    ).toMatchSnapshot();
  });

  test("that is stopped while it waits for a retry is stopped at once", () => {
    expect(timeline([START, spawned(0), exited(100, 1), stop(200)])).toMatchSnapshot();
  });

  test("that keeps dying young with startsecs=0 is slowed down to once a second", () => {
    const lives = Array.from({ length: 31 }, (_, i) => [spawned(i * 10), exited(i * 10 + 5, 1)]).flat();
    const story = timeline([START, ...lives, wake(1304), wake(1305)], { startsecs: 0, autorestart: true });
    expect(story.match(/EXITED -> STARTING/g)).toHaveLength(31);
    expect(story.slice(story.indexOf("  1304"))).toBe(
      "  1304 wake\n  1305 wake\n         EXITED -> STARTING\n         spawnerr = none\n         spawn\n",
    );
  });
});

test("only states that wait for time ask to be woken", () => {
  const asking = STATES.filter((process) => wakeAt(process) !== null).map((process) => process.state);
  expect(asking).toEqual(["STARTING", "BACKOFF", "STOPPING", "EXITED"]);
});
