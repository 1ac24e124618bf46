import type { OptionChange, ProcessChange } from "../protocol/preview.ts";
import type { GroupSettings } from "./configuration.ts";
import type { GroupDiff } from "./diff.ts";
import { groupOptions, type Json, processOptions } from "./resolved-json.ts";

/** What changes for each process where groups differ: options with their values before and after. */
export function processChanges(
  active: readonly GroupSettings[],
  read: readonly GroupSettings[],
  { added, changed, removed }: GroupDiff,
): ProcessChange[] {
  const before = new Map(active.map((group) => [group.name, group]));
  const after = new Map(read.map((group) => [group.name, group]));
  return [...changed, ...added, ...removed].flatMap((name) =>
    changesOf(name, before.get(name), after.get(name)),
  );
}

function changesOf(
  group: string,
  before: GroupSettings | undefined,
  after: GroupSettings | undefined,
): ProcessChange[] {
  const had = new Map(before?.processes.map((process) => [process.name, processOptions(process)]));
  const has = new Map(after?.processes.map((process) => [process.name, processOptions(process)]));
  const whole: readonly OptionChange[] =
    before && after ? optionChanges(groupOptions(before), groupOptions(after)) : [];
  const ofGroup: ProcessChange[] =
    whole.length === 0 ? [] : [{ group, name: null, kind: "changed", options: whole }];
  const ofProcesses = [...new Set([...has.keys(), ...had.keys()])].flatMap((name) => {
    const change = changeOf(had.get(name), has.get(name));
    // Of a group that differs, only those processes matter that do.
    return change.kind === "changed" && change.options.length === 0 ? [] : { group, name, ...change };
  });
  const all = [...ofGroup, ...ofProcesses];
  return all.length > 0 ? all : [{ group, name: null, kind: "changed", options: [] }];
}

type Options = Readonly<Record<string, Json>>;

/** Of a process that comes or goes, only these are told: the rest seldom matters. */
const KEY_OPTIONS: ReadonlySet<string> = new Set(["command", "directory", "autostart"]);

function changeOf(
  before: Options | undefined,
  after: Options | undefined,
): Pick<ProcessChange, "kind" | "options"> {
  const options = optionChanges(before ?? {}, after ?? {});
  if (before !== undefined && after !== undefined) return { kind: "changed", options };
  const key = options.filter(({ name }) => KEY_OPTIONS.has(name));
  return { kind: before === undefined ? "added" : "removed", options: key };
}

function optionChanges(before: Options, after: Options): OptionChange[] {
  const [had, has] = [flat(before), flat(after)];
  return [...new Set([...has.keys(), ...had.keys()])]
    .map((name) => ({ name, before: had.get(name) ?? null, after: has.get(name) ?? null }))
    .filter((option) => option.before !== option.after && !isAutomatic(option));
}

/** AUTO is a path by the time that it is in force, and equal to any. */
function isAutomatic({ name, after }: OptionChange): boolean {
  return name.endsWith("_logfile") && after === "AUTO";
}

function flat(options: Options): Map<string, string> {
  return new Map(
    Object.entries(options).flatMap(([name, value]): [string, string][] => {
      if (value === null) return [];
      if (typeof value !== "object") return [[name, String(value)]];
      if (Array.isArray(value)) return [[name, value.join(",")]];
      return Object.entries(value).map(([key, item]) => [`${name}.${key}`, String(item)]);
    }),
  );
}
