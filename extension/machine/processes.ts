import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { type MachineProcess, parsePs, parseStat } from "../model/machine-process.ts";

/** Whether this machine shows its processes as files. */
export const HAS_PROC = process.platform === "linux";

const runFile = promisify(execFile);
const LIMITS = { timeout: 5000, maxBuffer: 2 ** 24 };

let underWay: Promise<MachineProcess[]> | null = null;

/** All processes of this machine, without ended ones; one look serves all who ask while it goes on. */
export function readProcesses(): Promise<MachineProcess[]> {
  underWay ??= lookAtProcesses().finally(() => {
    underWay = null;
  });
  return underWay;
}

async function lookAtProcesses(): Promise<MachineProcess[]> {
  if (!HAS_PROC) return parsePs(await run("ps", ["-axo", "pid=,ppid=,pgid=,stat=,lstart="]));
  const pids = (await readdir("/proc")).map(Number).filter((pid) => !Number.isNaN(pid));
  const read = await Promise.all(pids.map(readProcess));
  return read.filter((found) => found !== null);
}

/** One process; null for none of that number, or one that has ended. */
export async function readProcess(pid: number): Promise<MachineProcess | null> {
  if (!HAS_PROC) {
    const told = await run("ps", ["-o", "pid=,ppid=,pgid=,stat=,lstart=", "-p", String(pid)]).catch(() => "");
    return parsePs(told)[0] ?? null;
  }
  const text = await readOrNull(`/proc/${pid}/stat`);
  return text === null ? null : parseStat(pid, text);
}

/** The words of a process's command line; empty for one that shows none. Where only `ps` tells it, words are parted at spaces. */
export async function argumentsOf(pid: number): Promise<string[]> {
  if (!HAS_PROC) {
    const told = await run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => "");
    return told.trim().split(/\s+/).filter(Boolean);
  }
  const text = (await readOrNull(`/proc/${pid}/cmdline`)) ?? "";
  return text.replace(/\0+$/, "").split("\0").filter(Boolean);
}

/** The name of the file that a process executes, whatever it calls itself; empty where it cannot be seen. */
export async function executableOf(pid: number): Promise<string> {
  if (HAS_PROC) return basename(await readlink(`/proc/${pid}/exe`).catch(() => ""));
  return basename((await run("ps", ["-o", "comm=", "-p", String(pid)]).catch(() => "")).trim());
}

/** A variable in the environment that a process was started with; null where it has none, or does not show it. */
export async function variableOf(pid: number, name: string): Promise<string | null> {
  const text = HAS_PROC ? await readOrNull(`/proc/${pid}/environ`) : null;
  const found = text?.split("\0").find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? null;
}

/** Whether a signal of that number reaches code of the process instead of ending it; null where the system does not tell. */
export async function catchesSignal(pid: number, number: number): Promise<boolean | null> {
  const status = HAS_PROC ? await readOrNull(`/proc/${pid}/status`) : null;
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status ?? "")?.[1];
  return caught === undefined ? null : ((BigInt(`0x${caught}`) >> BigInt(number - 1)) & 1n) === 1n;
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
