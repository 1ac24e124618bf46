import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The least that the daemon needs of what the system limits. */
export type NeededLimits = { readonly minfds: number; readonly minprocs: number };

type Limit = {
  readonly name: "RLIMIT_NOFILE" | "RLIMIT_NPROC";
  /** As `/proc/self/limits` names it, and as `prlimit` takes it. */
  readonly title: string;
  readonly option: string;
  readonly needed: number;
  readonly tooLow: (hard: number) => string;
};

/**
 * Raises the limits of this process to what is needed, and returns what to log of it. Throws Supervisor's sentence
 * where the system does not allow it. Where there is no /proc, the limits stay as they are.
 */
export function raiseLimits(needed: NeededLimits): string[] {
  const table = limitsTable();
  if (table === null) return [];
  return limitsOf(needed).flatMap((limit) => raise(limit, table));
}

function raise(limit: Limit, table: string): string[] {
  const { name, title, option, needed, tooLow } = limit;
  const { soft, hard } = currentLimit(table, title);
  if (soft >= needed) return [];
  const wanted = `--${option}=${needed}:${hard === Number.POSITIVE_INFINITY ? "unlimited" : Math.max(hard, needed)}`;
  // Node has no call for it.
  const { status, error } = spawnSync("prlimit", ["--pid", String(process.pid), wanted]);
  if (error !== undefined) return [`${name} stays at ${soft}: there is no prlimit to raise it to ${needed}`];
  if (status !== 0) throw new Error(tooLow(hard));
  return [`Increased ${name} limit to ${needed}`];
}

function limitsOf({ minfds, minprocs }: NeededLimits): Limit[] {
  return [
    {
      name: "RLIMIT_NOFILE",
      title: "Max open files",
      option: "nofile",
      needed: minfds,
      tooLow: (hard) =>
        `The minimum number of file descriptors required to run this process is ${minfds} as per the "minfds" command-line argument or config file setting. The current environment will only allow you to open ${hard} file descriptors.  Either raise the number of usable file descriptors in your environment (see README.rst) or lower the minfds setting in the config file to allow the process to start.`,
    },
    {
      name: "RLIMIT_NPROC",
      title: "Max processes",
      option: "nproc",
      needed: minprocs,
      tooLow: (hard) =>
        `The minimum number of available processes required to run this program is ${minprocs} as per the "minprocs" command-line argument or config file setting. The current environment will only allow you to open ${hard} processes.  Either raise the number of usable processes in your environment (see README.rst) or lower the minprocs setting in the config file to allow the program to start.`,
    },
  ];
}

function limitsTable(): string | null {
  try {
    return readFileSync("/proc/self/limits", "utf8");
  } catch {
    // Only Linux has it.
    return null;
  }
}

function currentLimit(table: string, title: string): { soft: number; hard: number } {
  const line = table.split("\n").find((entry) => entry.startsWith(title)) ?? "";
  const [soft = "unlimited", hard = "unlimited"] = line.slice(title.length).trim().split(/\s+/);
  return { soft: toNumber(soft), hard: toNumber(hard) };
}

function toNumber(text: string): number {
  return text === "unlimited" ? Number.POSITIVE_INFINITY : Number(text);
}
