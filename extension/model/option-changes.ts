import type { OptionChange, ProcessChange } from "../../daemon/protocol/preview.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { processKey } from "./process-table.ts";
import type { Changes } from "./reload.ts";

/** The options of a process, as a supervisor tells them. */
export type ProcessOptions = {
  readonly group: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
};

/** What changes for each process of the groups that differ, by its options before and after. */
export function compareOptions(
  before: readonly ProcessOptions[],
  after: readonly ProcessOptions[],
  { added, changed, removed }: Changes,
): ProcessChange[] {
  return [...changed, ...added, ...removed].flatMap((group) => {
    const [had, has] = [membersOf(before, group), membersOf(after, group)];
    const changes = [...new Map([...has, ...had]).values()].flatMap(({ name }): ProcessChange[] => {
      const [old, now] = [had.get(`${group}:${name}`), has.get(`${group}:${name}`)];
      const options = optionChanges(old?.options ?? {}, now?.options ?? {});
      if (old && now) return options.length === 0 ? [] : [{ group, name, kind: "changed", options }];
      return [{ group, name, kind: now ? "added" : "removed", options: options.filter(isKey) }];
    });
    // What supervisord does not tell, such as the environment, may be all that differs.
    return changes.length > 0 ? changes : [{ group, name: null, kind: "changed", options: [] }];
  });
}

function membersOf(all: readonly ProcessOptions[], group: string): Map<string, ProcessOptions> {
  return new Map(all.filter((one) => one.group === group).map((one) => [processKey(one), one]));
}

function optionChanges(before: ProcessOptions["options"], after: ProcessOptions["options"]): OptionChange[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((name) => {
    const [old, now] = [before[name] ?? null, after[name] ?? null];
    return old === now || isAutomatic(name, now) ? [] : [{ name, before: masked(old), after: masked(now) }];
  });
}

/** Of a process that comes or goes, the rest seldom matters. */
function isKey({ name }: OptionChange): boolean {
  return name === "command" || name === "directory" || name === "autostart";
}

/** A log of its own gets its name only once it is in force. */
function isAutomatic(name: string, now: string | null): boolean {
  return name.endsWith("_logfile") && (now === null || now.toLowerCase() === "auto");
}

function masked(value: string | null): string | null {
  return value === null ? null : maskSecrets(value);
}
