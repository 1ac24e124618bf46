import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process of this machine, by what tells a reader which one it is. */
type Process = { readonly pid: number; readonly command: string };

/**
 * The living processes that belong to a folder: those that run in it or name it in their command line or environment.
 * Everything an editor session starts does so. The oldest is the first: a shell that is about to become a command is
 * called as the one that it comes from.
 */
export function processesOf(folder: string): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid)
    .flatMap((pid) => {
      const texts = [read(pid, "cmdline"), read(pid, "environ"), workingDirectory(pid)];
      const isOurs = texts.some((text) => text.includes(folder));
      return isOurs && !isZombie(pid)
        ? [{ pid, command: read(pid, "cmdline").replaceAll("\0", " ").trim() }]
        : [];
    })
    .sort((a, b) => ticksOf(a.pid) - ticksOf(b.pid));
}

/** The pid of the process, in the folder, whose command line has all these words; undefined where there is none. */
export function pidOf(folder: string, ...words: readonly string[]): number | undefined {
  return processesOf(folder).find(({ command }) => words.every((word) => command.includes(word)))?.pid;
}

/** When it was started, in ticks of the system's clock; what has ended is the last. */
function ticksOf(pid: number): number {
  const stat = read(pid, "stat");
  return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[20] ?? Number.MAX_SAFE_INTEGER);
}

function isZombie(pid: number): boolean {
  return /^State:\s+Z/m.test(read(pid, "status"));
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended, or is another user's.
    return "";
  }
}

function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}
