import { describe, expect, test } from "vitest";
import { readJournal } from "../../../../daemon/core/journal/read.ts";
import { type ProcessRecord, shiftTimes } from "../../../../daemon/core/journal/record.ts";
import { NEVER_RUN } from "../../../../daemon/core/last-run.ts";
import type { Process } from "../../../../daemon/core/process.ts";

const WHOSE = { daemon: "0123456789abcdef", boot: "b" };
const HEADER = JSON.stringify({ type: "opened", version: 1, ...WHOSE });
const RUN = { marker: "m", pid: 42, startTime: "7", launch: "l", separateStderr: true };

const PROCESSES: readonly Process[] = [
  { state: "STOPPED" },
  { state: "STARTING", phase: "spawning", failures: 1, quickRuns: 2 },
  { state: "STARTING", phase: "up", pid: 42, startedAt: 1, quickRuns: 0, failures: 0, upAt: 2 },
  { state: "RUNNING", pid: 42, startedAt: 1, quickRuns: 0 },
  { state: "BACKOFF", failures: 2, retryAt: 5 },
  { state: "STOPPING", phase: "program", pid: 42, startedAt: 1, quickRuns: 0, killAt: 9, killed: "no" },
  { state: "STOPPING", phase: "leftovers", exit: { kind: "code", code: 1 } },
  { state: "EXITED", expected: false, restart: { at: 3, quickRuns: 1 } },
  { state: "EXITED", expected: true, restart: null },
  { state: "FATAL" },
  { state: "UNKNOWN", pid: 42 },
];

function record(process: Process, name = "web"): ProcessRecord {
  const logs = { stdout: "/tmp/out", stderr: null };
  return { type: "process", group: "a", name, process, last: NEVER_RUN, run: RUN, logs };
}

function journal(...lines: readonly unknown[]): string {
  return [HEADER, ...lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))), ""].join(
    "\n",
  );
}

describe("a journal", () => {
  test("is read as it was written, in every state", () => {
    for (const process of PROCESSES) {
      const past = readJournal(journal(record(process)), WHOSE);
      expect([past.kind, past.processes.get("a:web")]).toEqual(["whole", record(process)]);
    }
  });

  test("tells of each process what was written last, and nothing of one that was forgotten", () => {
    const text = journal(
      record({ state: "FATAL" }),
      record({ state: "STOPPED" }, "gone"),
      { type: "forgotten", group: "a", name: "gone" },
      record({ state: "STOPPED" }),
    );
    const { processes } = readJournal(text, WHOSE);
    expect([...processes.values()].map(({ name, process }) => [name, process.state])).toEqual([
      ["web", "STOPPED"],
    ]);
  });

  test("that is missing, or of another daemon, start of the machine or version, tells nothing", () => {
    expect(readJournal(null, WHOSE).kind).toBe("none");
    for (const other of [{ version: 2 }, { daemon: "x" }, { boot: "x" }]) {
      const header = JSON.stringify({ type: "opened", version: 1, ...WHOSE, ...other });
      const past = readJournal(journal(record({ state: "FATAL" })).replace(HEADER, header), WHOSE);
      expect([past.kind, past.processes.size]).toEqual(["foreign", 0]);
    }
    for (const text of ["", "\n", "null\n", "[]\n", "{}\n", "garbage\n"])
      expect(readJournal(text, WHOSE).kind).toBe("foreign");
  });

  test("is damaged by a line that makes no sense, whatever it is, and the others count", () => {
    const wrong = [
      JSON.stringify(record({ state: "STOPPED" })).slice(0, -9),
      "null",
      "7",
      "[]",
      "\0\0",
      '{"type":"process","group":"a","name":"web"}',
      { ...record({ state: "STOPPED" }), group: 1 },
      { ...record({ state: "STOPPED" }), process: { state: "constructor" } },
      { ...record({ state: "STOPPED" }), process: { state: "RUNNING" } },
      { ...record({ state: "STOPPED" }), last: 7 },
      // A pid that is not that of the run, or that a signal would make many of.
      record({ state: "UNKNOWN", pid: 43 }),
      { ...record({ state: "UNKNOWN", pid: 0 }), run: { ...RUN, pid: 0 } },
      { ...record({ state: "UNKNOWN", pid: -1 }), run: { ...RUN, pid: -1 } },
      { ...record({ state: "UNKNOWN", pid: 42 }), run: null },
    ];
    for (const line of wrong) {
      const past = readJournal(journal(record({ state: "FATAL" }), line), WHOSE);
      expect([past.kind, past.processes.get("a:web")?.process.state]).toEqual(["damaged", "FATAL"]);
    }
  });
});

test("times move with the clock, and nothing else does", () => {
  for (const process of PROCESSES) expect(shiftTimes(shiftTimes(process, 1000), -1000)).toEqual(process);
  const stopping = PROCESSES[5];
  expect(stopping && shiftTimes(stopping, 100)).toMatchObject({ pid: 42, startedAt: 101, killAt: 109 });
  expect(
    shiftTimes({ state: "EXITED", expected: false, restart: { at: 3, quickRuns: 1 } }, 100),
  ).toMatchObject({
    restart: { at: 103, quickRuns: 1 },
  });
});
