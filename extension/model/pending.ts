import type { ConfigPreview, ProcessChange } from "../../daemon/protocol/preview.ts";
import { t } from "./l10n.ts";
import type { Server, TextPlace } from "./server.ts";

/** What the configuration on disk would change, and does not before somebody wants it. */
export type Pending =
  | (ConfigPreview & { readonly kind: "changes" })
  /** It cannot be put in force; `reason` is a sentence. */
  | { readonly kind: "refused"; readonly reason: string; readonly place: TextPlace | null };

/** What a preview leaves to be done; null where nothing differs. */
export function pendingOf(preview: ConfigPreview): Pending | null {
  const { added, changed, removed, sections } = preview;
  const differs = [added, changed, removed, sections].some((names) => names.length > 0);
  return differs ? { kind: "changes", ...preview } : null;
}

/** Whether programs come, go or get other options by an update. */
export function canUpdate(pending: Pending | null): boolean {
  if (pending?.kind !== "changes") return false;
  return pending.added.length + pending.changed.length + pending.removed.length > 0;
}

/** `2 changed, 1 added`. */
export function pendingSummary(pending: Pending): string {
  if (pending.kind === "refused") return t("configuration refused");
  const { added, changed, removed, sections } = pending;
  const parts = [
    ...(changed.length > 0 ? [t("{0} changed", changed.length)] : []),
    ...(added.length > 0 ? [t("{0} added", added.length)] : []),
    ...(removed.length > 0 ? [t("{0} removed", removed.length)] : []),
  ];
  if (parts.length > 0) return parts.join(", ");
  return t("{0} changed, for the next start of supervisord", sections.map((name) => `[${name}]`).join(", "));
}

/** `changed web, api; added mail`: which programs differ. */
function pendingNames({ added, changed, removed }: ConfigPreview): string {
  return [
    ...(changed.length > 0 ? [t("changed {0}", changed.join(", "))] : []),
    ...(added.length > 0 ? [t("added {0}", added.join(", "))] : []),
    ...(removed.length > 0 ? [t("removed {0}", removed.join(", "))] : []),
  ].join("; ");
}

/** What stands above the rows while configurations wait to be put in force; null while none does. */
export function pendingMessage(servers: readonly Server[]): string | null {
  const waiting = servers.flatMap(({ key, pending }) =>
    pending?.kind === "changes" && canUpdate(pending)
      ? [t("{0} was changed and is not in force yet: {1}.", key, pendingNames(pending))]
      : [],
  );
  return waiting.length === 0 ? null : waiting.join(" ");
}

/** The two sides of a comparison, option by option: what is in force, and what an update would make of it. */
export function pendingTexts({ processes, sections }: ConfigPreview): {
  readonly before: string;
  readonly after: string;
} {
  const notes = sections.map((name) =>
    t("; [{0}] is read again when supervisord starts the next time.", name),
  );
  return { before: sideOf(processes, "before", []), after: sideOf(processes, "after", notes) };
}

function sideOf(
  changes: readonly ProcessChange[],
  side: "before" | "after",
  notes: readonly string[],
): string {
  const absent = side === "before" ? "added" : "removed";
  const blocks = changes
    .filter(({ kind }) => kind !== absent)
    .map((change) => [headerOf(change), ...linesOf(change, side)].join("\n"));
  return `${[...blocks, ...notes].join("\n\n")}\n`;
}

function headerOf({ group, name }: ProcessChange): string {
  if (name === null) return `[group:${group}]`;
  return name === group ? `[program:${name}]` : `[program:${name}] ; ${group}:${name}`;
}

function linesOf({ options }: ProcessChange, side: "before" | "after"): string[] {
  if (options.length === 0) return [t("; it still runs with older options")];
  return options.flatMap((option) => {
    const value = option[side];
    // A value of many lines would otherwise look like many options.
    return value === null ? [] : [`${option.name} = ${value.replaceAll("\n", "\n  ")}`];
  });
}
