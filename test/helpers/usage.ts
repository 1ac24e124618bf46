import { readdirSync, readFileSync } from "node:fs";

/** What a process holds at an instant; `zombies` are children that it has not asked for. */
export type Usage = { readonly descriptors: number; readonly zombies: number; readonly rssMb: number };

export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return {
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    zombies: zombiesOf(pid),
    rssMb: kilobytes / 1024,
  };
}

/** How much a value grows from sample to sample, by least squares. */
export function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0) / spread;
}

function zombiesOf(parent: number): number {
  return readdirSync("/proc").filter((name) => {
    if (Number.isNaN(Number(name))) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state, ppid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return state === "Z" && Number(ppid) === parent;
    } catch {
      // Gone meanwhile.
      return false;
    }
  }).length;
}
