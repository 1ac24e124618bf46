import { expect, test } from "vitest";
import { resume } from "../../../../daemon/core/journal/resume.ts";
import type { Process } from "../../../../daemon/core/process.ts";

const NOW = 1000;
const RUNNING: Process = { state: "RUNNING", pid: 42, startedAt: 1, quickRuns: 0 };
const SPAWNING: Process = { state: "STARTING", phase: "spawning", failures: 2, quickRuns: 0 };
const UNKNOWN_EXIT = { type: "exited", exit: { kind: "unknown" } };

test("what lives goes on as it was", () => {
  expect(resume(RUNNING, 42, true, NOW)).toEqual({
    run: { process: RUNNING, sweep: null, abandoned: [] },
    missed: [],
  });
});

test("what ended meanwhile has ended in a way that nobody knows", () => {
  expect(resume(RUNNING, null, true, NOW).missed).toEqual([UNKNOWN_EXIT]);
  expect(resume({ state: "UNKNOWN", pid: 42 }, null, true, NOW).missed).toEqual([UNKNOWN_EXIT]);
});

test("a child that was there before the daemon could note it is taken for the one that was meant", () => {
  const { run, missed } = resume(SPAWNING, 42, true, NOW);
  expect([run.process, missed]).toEqual([SPAWNING, [{ type: "spawned", pid: 42 }]]);
});

test("a child that was meant and never came is tried again at once, as the same try", () => {
  const { run, missed } = resume(SPAWNING, null, true, NOW);
  expect([run.process, missed]).toEqual([{ state: "BACKOFF", failures: 2, retryAt: NOW }, []]);
});

test("what is down stays down, and it is looked for what its last run left behind where that is wanted", () => {
  for (const state of ["STOPPED", "FATAL"] as const) {
    expect(resume({ state }, null, true, NOW).run).toMatchObject({
      process: { state },
      sweep: { phase: "looking" },
    });
    expect(resume({ state }, null, false, NOW).run).toMatchObject({ process: { state }, sweep: null });
  }
});

test("a stop that waited for leftovers waits on, or is over where they are no longer looked for", () => {
  const process: Process = { state: "STOPPING", phase: "leftovers", exit: null };
  expect(resume(process, null, true, NOW)).toMatchObject({
    run: { sweep: { phase: "looking" } },
    missed: [],
  });
  expect(resume(process, null, false, NOW)).toMatchObject({
    run: { sweep: null },
    missed: [{ type: "swept" }],
  });
});
