import { readFile } from "node:fs/promises";
import { treeOf } from "../model/machine-process.ts";
import type { Usage } from "../model/row-fields.ts";
import { HAS_PROC, readProcesses, run } from "./processes.ts";

/** What a process has used so far: processor time in milliseconds, memory in bytes. */
type Used = { readonly cpuMs: number; readonly memoryBytes: number };

/** The kernel counts processor time in these, whatever its own clock. */
const MS_PER_TICK = 10;

/** Tells what programs use, with all that they started: of the processor since it was last asked. */
export class UsageMeter {
  #before = new Map<number, number>();
  #askedAt = 0;

  /** By pid of the program; the first answer after a start has no share of the processor yet. */
  async measure(roots: readonly number[]): Promise<ReadonlyMap<number, Usage>> {
    const processes = await readProcesses();
    const trees = roots.map((root) => ({ root, pids: treeOf(processes, root) }));
    const used = await usedBy(trees.flatMap(({ pids }) => pids));
    const now = performance.now();
    const elapsedMs = now - this.#askedAt;
    const usages = trees.map(({ root, pids }) => [root, this.#usageOf(pids, used, elapsedMs)] as const);
    this.#before = new Map([...used].map(([pid, { cpuMs }]) => [pid, cpuMs]));
    this.#askedAt = now;
    return new Map(usages);
  }

  #usageOf(pids: readonly number[], used: ReadonlyMap<number, Used>, elapsedMs: number): Usage {
    const spent = pids.map((pid) => {
      const now = used.get(pid)?.cpuMs ?? 0;
      return now - (this.#before.get(pid) ?? now);
    });
    return {
      cpuPercent: (100 * sum(spent)) / elapsedMs,
      memoryBytes: sum(pids.map((pid) => used.get(pid)?.memoryBytes ?? 0)),
    };
  }
}

async function usedBy(pids: readonly number[]): Promise<Map<number, Used>> {
  if (!HAS_PROC) return usedByPs(pids);
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const files = ["stat", "status"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8"));
        const [stat = "", status = ""] = await Promise.all(files);
        return [[pid, usedOf(stat, status)] as const];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    }),
  );
  return new Map(found.flat());
}

/** The times are the fields 14 and 15 of proc_pid_stat(5); memory is told in kB elsewhere, whatever a page is. */
function usedOf(stat: string, status: string): Used {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
    memoryBytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024,
  };
}

async function usedByPs(pids: readonly number[]): Promise<Map<number, Used>> {
  if (pids.length === 0) return new Map();
  const text = await run("ps", ["-o", "pid=,time=,rss=", "-p", pids.join(",")]);
  return new Map(
    text.split("\n").flatMap((line) => {
      const [pid, time, rss] = line.trim().split(/\s+/);
      if (pid === undefined || time === undefined) return [];
      return [[Number(pid), { cpuMs: clockMs(time), memoryBytes: Number(rss) * 1024 }] as const];
    }),
  );
}

/** `1:02.34` and `1:02:03`, as ps tells times. */
function clockMs(time: string): number {
  return time.split(":").reduce((total, part) => total * 60 + Number(part), 0) * 1000;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
