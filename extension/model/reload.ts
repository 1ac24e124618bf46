import { t } from "./l10n.ts";

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
  const parts = [
    ...partOf(changes.added, (groups) => t("added {0}", groups)),
    ...partOf(changes.changed, (groups) => t("changed {0}", groups)),
    ...partOf(changes.removed, (groups) => t("removed {0}", groups)),
  ];
  return parts.length === 0
    ? t("{0} is in force already: nothing changed.", label)
    : t("{0} is in force: {1}.", label, parts.join("; "));
}

function partOf(groups: readonly string[], word: (groups: string) => string): string[] {
  return groups.length === 0 ? [] : [word(groups.join(", "))];
}
