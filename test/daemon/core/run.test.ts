import { describe, expect, test } from "vitest";
import type { Process } from "../../../daemon/core/process.ts";
import { IDLE, type Run, type RunInput, stepRun, wakeAt } from "../../../daemon/core/run.ts";
import type { Survivor, Sweep } from "../../../daemon/core/sweep.ts";
import { DEFAULT_POLICY, describeEffect, describeInput } from "../../helpers/timeline.ts";

const POLICY = { ...DEFAULT_POLICY, stopTree: true };

const left = (pid: number): Survivor => ({
  pid,
  startTime: "1",
  command: `sleep ${pid}`,
  grouped: pid === 8,
});
const START: RunInput = { type: "start" };
const STOP: RunInput = { type: "stop" };
const FORCE: RunInput = { type: "force-stop" };
const WAKE: RunInput = { type: "wake" };
const spawned: RunInput = { type: "spawned", pid: 7 };
const exited = (code: number): RunInput => ({ type: "exited", exit: { kind: "code", code } });
const found = (...pids: number[]): RunInput => ({ type: "found", survivors: pids.map(left) });
const refused = (pid: number): RunInput => ({ type: "signal-refused", pid });

/** Plays inputs, each at an instant or (null) when the process asks for it, and tells what happened. */
function story(events: readonly (readonly [at: number | null, input: RunInput])[], policy = POLICY): string {
  let run: Run = IDLE;
  let now = 0;
  const lines = events.map(([at, input]) => {
    now = at ?? wakeAt(run) ?? now;
    const { next, effects } = stepRun(run, input, policy, now);
    run = next;
    const done = effects.map((effect) => `\n         ${describeEffect(effect)}`).join("");
    return `${String(now).padStart(6)} ${describeInput(input)}${done}\n       = ${next.process.state}`;
  });
  const { abandoned } = run as Run;
  return `${lines.join("\n")}\nabandoned: ${abandoned.map(({ pid }) => pid).join(" ") || "none"}\n`;
}

const UP = [
  [0, START],
  [1, spawned],
  [null, WAKE],
] as const;

describe("with stop_tree a program", () => {
  test("that leaves nothing behind is stopped once that is known", () => {
    expect(story([...UP, [5000, STOP], [5010, exited(0)], [5010, found()]])).toMatchSnapshot();
  });

  test("is stopped only when what it left behind is gone, which is asked first", () => {
    expect(
      story([
        ...UP,
        [5000, STOP],
        [5010, exited(0)],
        [5011, found(8, 9)],
        [null, WAKE],
        [5021, found(9)],
        [null, WAKE],
        [5041, found()],
      ]),
    ).toMatchSnapshot();
  });

  test("whose leftovers do not react has them killed after stopwaitsecs", () => {
    expect(
      story([
        ...UP,
        [5000, STOP],
        [5010, exited(0)],
        [5011, found(8)],
        [15_012, WAKE],
        [15_013, found(8)],
        [15_030, WAKE],
        [15_031, found()],
      ]),
    ).toMatchSnapshot();
  });

  test("whose leftovers cannot be killed is stopped all the same, and they are named", () => {
    expect(
      story([
        ...UP,
        [5000, STOP],
        [5010, exited(0)],
        [5011, found(8)],
        [15_012, WAKE],
        [15_013, found(8)],
        [18_014, WAKE],
        [18_015, found(8)],
      ]),
    ).toMatchSnapshot();
  });

  test("does not wait for what it may not signal", () => {
    expect(
      story([
        ...UP,
        [5000, STOP],
        [5010, exited(0)],
        [5011, found(8)],
        [5011, refused(8)],
        [null, WAKE],
        [5021, found(8)],
      ]),
    ).toMatchSnapshot();
  });

  test("that ends by itself is EXITED at once, but starts again only when nothing is left", () => {
    expect(
      story([...UP, [5000, exited(1)], [5001, found(8)], [null, WAKE], [5011, found()], [5012, spawned]]),
    ).toMatchSnapshot();
  });

  test("that stays down has its leftovers stopped too", () => {
    expect(
      story([...UP, [5000, exited(0)], [5001, found(8)], [null, WAKE], [5011, found()]]),
    ).toMatchSnapshot();
  });

  test("that is stopped while its leftovers are waited for is stopped with them", () => {
    expect(
      story([...UP, [5000, exited(1)], [5001, found(8)], [5002, STOP], [null, WAKE], [5011, found()]]),
    ).toMatchSnapshot();
  });

  test("that fails to start is tried again only when nothing is left", () => {
    expect(
      story([
        [0, START],
        [1, spawned],
        [100, exited(1)],
        [101, found(8)],
        [1100, WAKE],
        [1101, found(8)],
        [1200, WAKE],
        [1201, found()],
      ]),
    ).toMatchSnapshot();
  });

  test("forced to stop is killed at once, with all that it started", () => {
    expect(
      story([...UP, [5000, FORCE], [5001, exited(0)], [5002, found(8)], [null, WAKE], [5011, found()]]),
    ).toMatchSnapshot();
  });

  test("forced while it is being stopped is killed at once", () => {
    expect(
      story([
        ...UP,
        [5000, STOP],
        [5001, FORCE],
        [5002, exited(0)],
        [5003, found(8)],
        [null, WAKE],
        [5011, found()],
      ]),
    ).toMatchSnapshot();
  });

  test("forced while its leftovers are waited for has them killed at once", () => {
    expect(
      story([
        ...UP,
        [5000, STOP],
        [5001, exited(0)],
        [5002, found(8)],
        [5003, FORCE],
        [5004, found(8)],
        [null, WAKE],
        [5011, found()],
      ]),
    ).toMatchSnapshot();
  });
});

test("leftovers that come up later get the signal too", () => {
  const told = story([
    ...UP,
    [5000, STOP],
    [5010, exited(0)],
    [5011, found(8)],
    [null, WAKE],
    [5021, found(8, 9)],
  ]);
  expect(told).toContain("signal 15 to survivor 9");
  expect(told.match(/survivor 8/g)).toHaveLength(1);
});

test("with stopasgroup what is in the group has had the signal, and does not get it twice", () => {
  const events = [...UP, [5000, STOP], [5010, exited(0)], [5011, found(8, 9)]] as const;
  const told = story(events, { ...POLICY, stopasgroup: true, killasgroup: true });
  expect(told.match(/signal 15 to survivor \d/g)).toEqual(["signal 15 to survivor 9"]);
});

test("without stop_tree nothing is looked for", () => {
  const policy = { ...POLICY, stopTree: false };
  for (const events of [
    [...UP, [5000, STOP], [5010, exited(0)]],
    [...UP, [5000, exited(1)]],
    [...UP, [5000, FORCE], [5010, exited(0)]],
  ] as const) {
    expect(story(events, policy)).not.toMatch(/look|tree|survivor/);
  }
});

const SWEEPS: readonly Sweep[] = [
  { phase: "looking", forced: false, groupAsked: false },
  { phase: "stopping", survivors: [left(8)], refused: new Set(), lookAt: 900, waitMs: 10, killAt: 5000 },
  { phase: "killing", survivors: [left(8)], refused: new Set(), lookAt: null, waitMs: 10, giveUpAt: 5000 },
];

const PROCESSES: readonly Process[] = [
  { state: "STOPPED" },
  { state: "STARTING", phase: "spawning", failures: 1, quickRuns: 0 },
  { state: "BACKOFF", failures: 3, retryAt: 5000 },
  { state: "STOPPING", phase: "leftovers", exit: { kind: "code", code: 0 } },
  { state: "STOPPING", phase: "leftovers", exit: null },
  { state: "EXITED", expected: true, restart: null },
  { state: "EXITED", expected: false, restart: { at: 5000, quickRuns: 40 } },
  { state: "FATAL" },
];

const INPUTS: readonly RunInput[] = [
  START,
  STOP,
  { type: "shutdown" },
  FORCE,
  WAKE,
  found(),
  found(8),
  refused(8),
];

test("every state answers every input while leftovers are dealt with", async () => {
  const lines = PROCESSES.flatMap((process) =>
    SWEEPS.flatMap((sweep) => [
      `\n== ${JSON.stringify(process)} ${sweep.phase}`,
      ...INPUTS.flatMap((input) =>
        [1000, 6000].map((now) => {
          const { next, effects } = stepRun({ process, sweep, abandoned: [] }, input, POLICY, now);
          const done = effects.length === 0 ? "nothing" : effects.map(describeEffect).join("; ");
          return `${now} ${describeInput(input)}\n    ${done}\n    = ${JSON.stringify(next.process)} ${next.sweep?.phase ?? "swept"}`;
        }),
      ),
    ]),
  );
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("run.matrix.txt");
});
