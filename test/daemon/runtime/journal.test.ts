import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ProcessRecord } from "../../../daemon/core/journal/record.ts";
import { NEVER_RUN } from "../../../daemon/core/last-run.ts";
import type { Process } from "../../../daemon/core/process.ts";
import { Journal } from "../../../daemon/runtime/journal.ts";

const WHOSE = { daemon: "0123456789abcdef", boot: "b" };

let folder = "";
let path = "";
let faults: (string | null)[] = [];
let subject: Journal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(folder, "runtime", "journal");
  mkdirSync(join(folder, "runtime"));
  faults = [];
  subject = journal();
});

afterEach(() => {
  subject.close();
  rmSync(folder, { recursive: true });
});

function journal(): Journal {
  return new Journal(path, WHOSE, (message) => {
    if (message !== (faults.at(-1) ?? null)) faults.push(message);
  });
}

function record(name: string, process: Process = { state: "FATAL" }): ProcessRecord {
  const logs = { stdout: null, stderr: null };
  return { type: "process", group: name, name, process, last: NEVER_RUN, run: null, logs };
}

/** What the next daemon would read. */
function left(): string[] {
  const next = journal();
  const past = next.open();
  next.close();
  return [past.kind, ...[...past.processes.values()].map(({ name, process }) => `${name} ${process.state}`)];
}

test("a record is on disk when it has been written down, for its user only", () => {
  subject.open();
  subject.remember(record("web"));
  expect(readFileSync(path, "utf8").split("\n")).toHaveLength(3);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(left()).toEqual(["whole", "web FATAL"]);
});

test("what is not replaced or forgotten stays for the daemon after the next", () => {
  subject.open();
  for (const name of ["a", "b", "c"]) subject.remember(record(name));
  subject.close();
  subject = journal();
  subject.open();
  subject.remember(record("a", { state: "STOPPED" }));
  subject.forget("b", "b");
  expect(left()).toEqual(["whole", "a STOPPED", "c FATAL"]);
});

test("a journal does not grow with time", () => {
  subject.open();
  for (let i = 0; i < 20_000; i++)
    subject.remember(record("web", { state: "BACKOFF", failures: i, retryAt: i }));
  expect(statSync(path).size).toBeLessThan(1.1 * 1024 * 1024);
  expect(left()).toEqual(["whole", "web BACKOFF"]);
});

test("a journal that somebody removed is written again, whole", () => {
  subject.open();
  subject.remember(record("a"));
  rmSync(path);
  subject.remember(record("b"));
  expect(left()).toEqual(["whole", "a FATAL", "b FATAL"]);
  expect(faults).toEqual([]);
});

test("a journal that cannot be written is said once, and is whole again when it can", () => {
  subject.open();
  subject.remember(record("a"));
  rmSync(join(folder, "runtime"), { recursive: true });
  writeFileSync(join(folder, "runtime"), "in the way");
  subject.remember(record("b"));
  subject.remember(record("c"));
  expect(faults).toEqual([
    expect.stringMatching(/^cannot write .*runtime\/journal: .*may not find its programs$/),
  ]);
  rmSync(join(folder, "runtime"));
  mkdirSync(join(folder, "runtime"));
  subject.remember(record("d"));
  expect(faults.at(-1)).toBeNull();
  expect(left()).toEqual(["whole", "a FATAL", "b FATAL", "c FATAL", "d FATAL"]);
});

test("an orderly end leaves nothing to go on with", () => {
  subject.open();
  subject.remember(record("a"));
  subject.remove();
  subject.remember(record("b"));
  expect(left()).toEqual(["none"]);
});
