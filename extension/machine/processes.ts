import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { type MachineProcess, parsePs, parseStat } from "../model/machine-process.ts";

/** Whether this machine shows its processes as files. */
export const HAS_PROC = process.platform === "linux";

const runFile = promisify(execFile);
const LIMITS = { timeout: 5000, maxBuffer: 2 ** 24 };

/** All processes of this machine, without ended ones. */
export async function readProcesses(): Promise<MachineProcess[]> {
  if (!HAS_PROC) return parsePs(await run("ps", ["-axo", "pid=,ppid=,pgid=,stat=,lstart="]));
  const pids = (await readdir("/proc")).map(Number).filter((pid) => !Number.isNaN(pid));
  const read = await Promise.all(
    pids.map(async (pid) => {
      const text = await readOrNull(`/proc/${pid}/stat`);
      return text === null ? null : parseStat(pid, text);
    }),
  );
  return read.filter((found) => found !== null);
}

/** A variable in the environment that a process was started with; null where it has none, or does not show it. */
export async function variableOf(pid: number, name: string): Promise<string | null> {
  const text = HAS_PROC ? await readOrNull(`/proc/${pid}/environ`) : null;
  const found = text?.split("\0").find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? null;
}

/** What a program of the system prints, run without a shell. */
export async function run(file: string, args: readonly string[]): Promise<string> {
  return (await runFile(file, args, LIMITS)).stdout;
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    // Gone, or not ours to look at.
    return null;
  }
}
