import { type ChildProcess, spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import {
  findMarked,
  identityOf,
  isSame,
  markerOf,
  startTimeOf,
  statOf,
} from "../../daemon/io/process-identity.ts";

const MARKER = `0123456789abcdef:web:web:${process.pid}`;

test("a process is known again by pid, start time and marker, and only by all of them", () => {
  const pid = sleeper();
  const identity = identityOf(pid);
  expect(identity).toEqual({ pid, startTime: expect.stringMatching(/^\d+$/), marker: MARKER });
  if (identity === null) return;
  expect(isSame(identity)).toBe(true);
  expect(isSame({ ...identity, startTime: "1" })).toBe(false);
  expect(isSame({ ...identity, marker: `${MARKER}0` })).toBe(false);
  expect(isSame({ ...identity, pid: process.pid })).toBe(false);
});

test("a process that shows no marker is known by pid and start time", () => {
  const pid = sleeper({});
  const identity = identityOf(pid);
  expect(identity?.marker).toBeNull();
  expect(identity && isSame({ ...identity, marker: MARKER })).toBe(true);
});

test("a process that is dead but not reaped is nobody", async () => {
  // The shell becomes a program that never asks for its child.
  const parent = spawn("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 1000"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const pid = await new Promise<number>((done) => parent.stdout.once("data", (text) => done(Number(text))));
  await expect.poll(() => startTimeOf(pid)).toBeNull();
  process.kill(pid, 0);
  expect([identityOf(pid), statOf(pid)]).toEqual([null, null]);
});

test("the marker is found wherever it stands in the environment, and nothing that only looks like it", () => {
  const other = "a SUPERVISORD_RUN=x";
  expect(markerOf(sleeper({ A: other, SUPERVISORD_RUN: MARKER, Z: other }))).toBe(MARKER);
  expect(markerOf(sleeper({ SUPERVISORD_RUN: MARKER }))).toBe(MARKER);
  expect(markerOf(sleeper({ A: other, XSUPERVISORD_RUN: "x" }))).toBeNull();
});

test("all processes of a run are found by its marker, also what left their session", async () => {
  const pid = sleeper();
  const setsid = spawn("/usr/bin/setsid", ["--fork", "/bin/sleep", "1000"], {
    env: environment(),
    stdio: "ignore",
  });
  await new Promise((done) => setsid.on("exit", done));
  const found = findMarked((marker) => marker === MARKER).map((identity) => identity.pid);
  onTestFinished(() => {
    for (const child of found) if (child !== pid) process.kill(child, "SIGKILL");
  });
  expect(found).toHaveLength(2);
  expect(found).toContain(pid);
});

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, SUPERVISORD_RUN: MARKER };
}

function sleeper(env: NodeJS.ProcessEnv = environment()): number {
  const child: ChildProcess = spawn("/bin/sleep", ["1000"], { env, stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child.pid ?? 0;
}
