import { count } from "./duration.ts";

/** Groups that differ between the configuration on disk and the one in force. */
export type Changes = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

/** The steps that bring the groups in line, in the order of Supervisor's `update`. */
export function reloadSteps({ added, changed, removed }: Changes): ReloadStep[] {
  return [
    ...removed.flatMap((group): ReloadStep[] => [
      { step: "stop", group },
      { step: "remove", group },
    ]),
    ...changed.flatMap((group): ReloadStep[] => [
      { step: "stop", group },
      { step: "remove", group },
      { step: "add", group },
    ]),
    ...added.map((group): ReloadStep => ({ step: "add", group })),
  ];
}

export type ReloadStep = { readonly step: "stop" | "remove" | "add"; readonly group: string };

/** What a reload did, in a sentence. */
export function reloadSummary(label: string, changes: Changes): string {
  const parts = (["added", "changed", "removed"] as const).flatMap((kind) => {
    const groups = changes[kind];
    return groups.length === 0 ? [] : [`${count(groups.length, "group")} ${kind} (${groups.join(", ")})`];
  });
  return parts.length === 0
    ? `${label} is in force already: nothing changed.`
    : `${label} is in force: ${parts.join(", ")}.`;
}
