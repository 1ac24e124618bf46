import type { GroupSettings, LogSettings, ProcessSettings } from "./configuration.ts";

/** Names of groups that differ between what is in force and what was read, as `reread` reports them. */
export type GroupDiff = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

/** What would have to change for `active` groups to become the `read` ones, as Supervisor decides it. */
export function diffGroups(active: readonly GroupSettings[], read: readonly GroupSettings[]): GroupDiff {
  const before = new Map(active.map((group) => [group.name, group]));
  const after = new Map(read.map((group) => [group.name, group]));
  const changed = read.filter((group) => {
    const known = before.get(group.name);
    return known !== undefined && !sameGroup(known, group);
  });
  return {
    added: read.filter((group) => !before.has(group.name)).map((group) => group.name),
    changed: changed.map((group) => group.name),
    removed: active.filter((group) => !after.has(group.name)).map((group) => group.name),
  };
}

function sameGroup(a: GroupSettings, b: GroupSettings): boolean {
  const { processes: before, ...restBefore } = facts(a);
  const { processes: after, ...restAfter } = facts(b);
  if (!sameValue(restBefore, restAfter) || before.length !== after.length) return false;
  return before.every((process, index) => {
    const other = after[index];
    return other !== undefined && sameProcess(process, other);
  });
}

/** Of a FastCGI program's socket Supervisor compares the URL only, not the mode, owner or backlog. */
function facts(group: GroupSettings) {
  return group.type === "fcgi" ? { ...group, socket: group.socket.url } : group;
}

function sameProcess(a: ProcessSettings, b: ProcessSettings): boolean {
  const { stdout: stdoutA, stderr: stderrA, ...restA } = a;
  const { stdout: stdoutB, stderr: stderrB, ...restB } = b;
  return sameValue(restA, restB) && sameLog(stdoutA, stdoutB) && sameLog(stderrA, stderrB);
}

/** By the time of a reread Supervisor has put a path in the place of AUTO, and takes AUTO for equal to any path. */
function sameLog(active: LogSettings, read: LogSettings): boolean {
  return sameValue(read.logfile === "AUTO" ? { ...active, logfile: "AUTO" } : active, read);
}

/** Settings are plain data: equal where their values are, whatever the order of keys. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue(Reflect.get(a, key), Reflect.get(b, key)));
}
