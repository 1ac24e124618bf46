import type { GroupSettings } from "./configuration.ts";

/** Names of groups that differ between what is in force and what was read, as `reread` reports them. */
export type GroupDiff = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

/** What would have to change for `active` groups to become the `read` ones. */
export function diffGroups(active: readonly GroupSettings[], read: readonly GroupSettings[]): GroupDiff {
  const before = new Map(active.map((group) => [group.name, group]));
  const after = new Map(read.map((group) => [group.name, group]));
  return {
    added: read.filter((group) => !before.has(group.name)).map((group) => group.name),
    changed: read
      .filter((group) => before.has(group.name) && !sameSettings(before.get(group.name), group))
      .map((group) => group.name),
    removed: active.filter((group) => !after.has(group.name)).map((group) => group.name),
  };
}

/** Settings are plain data: equal where their values are, whatever the order of keys. */
function sameSettings(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameSettings(Reflect.get(a, key), Reflect.get(b, key)));
}
