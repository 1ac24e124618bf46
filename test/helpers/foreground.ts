import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { SUPERVISORD, testEnvironment } from "./daemon.ts";

/** The two daemons as commands: ours as users run it, and Debian's. */
export const OURS: readonly string[] = [process.execPath, SUPERVISORD];
export const REAL: readonly string[] = ["/usr/bin/supervisord"];

/** A supervisord that a test drives by signals, and watches through its log `supervisord.log` in `folder`. */
export type Driven = {
  readonly folder: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
  /** Without times, process ids and the folder's name. */
  readonly log: () => string[];
  /** Resolves once the log holds that text so many times. */
  readonly logged: (text: string, times?: number) => Promise<void>;
};

/** Starts one of the two in `folder`; it is gone when the test is over. */
export function drive(command: readonly string[], folder: string, args: readonly string[]): Driven {
  const [program = "", ...before] = command;
  const child = spawn(program, [...before, ...args], { cwd: folder, env: testEnvironment(folder) });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((done) => child.on("close", done));
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
  });
  const file = join(folder, "supervisord.log");
  const log = () => (existsSync(file) ? alike(readFileSync(file, "utf8"), folder) : []);
  return {
    folder,
    child,
    ended,
    output: () => output,
    log,
    logged: async (text, times = 1) => {
      const count = () => log().filter((line) => line.includes(text)).length;
      await expect.poll(count, { timeout: 20_000 }).toBeGreaterThanOrEqual(times);
    },
  };
}

function alike(log: string, folder: string): string[] {
  return log
    .replaceAll(folder, "FOLDER")
    .replace(/pid \d+/g, "pid N")
    .replace(/\(\d+\)/g, "(N)")
    .split("\n")
    .map((line) => line.replace(/^\S+ \S+,\d{3} /, ""));
}
