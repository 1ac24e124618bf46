import type { ProcessChange } from "../../daemon/protocol/preview.ts";
import { t } from "./l10n.ts";
import { canUpdate, type Pending, pendingSummary } from "./pending.ts";

/** Something over a line of a configuration that is not in force yet; `line` counts from zero. */
export type ChangeLens = {
  readonly line: number;
  readonly title: string;
  readonly act: "update" | "showChanges";
};

const HEADER = /^\[(?:program|fcgi-program|eventlistener|group):\s*([^\]]+?)\s*\]/;

/** What stands over the lines of a configuration: at its top all that an update would do, at each program what it would there. */
export function changeLenses(text: string, pending: Pending | null): ChangeLens[] {
  if (pending?.kind !== "changes" || !canUpdate(pending)) return [];
  const atTop: ChangeLens[] = [
    { line: 0, title: t("Not in force: {0}", pendingSummary(pending)), act: "showChanges" },
    { line: 0, title: t("Update"), act: "update" },
  ];
  const atPrograms = text.split(/\r\n|\r|\n/).flatMap((line, number): ChangeLens[] => {
    const name = HEADER.exec(line)?.[1];
    const title = name === undefined ? null : titleFor(name, pending.processes);
    return title === null ? [] : [{ line: number, title, act: "showChanges" }];
  });
  return [...atTop, ...atPrograms];
}

function titleFor(name: string, changes: readonly ProcessChange[]): string | null {
  const own = changes.filter((change) => (change.name ?? change.group) === name || change.group === name);
  const [first] = own;
  if (first === undefined) return null;
  if (own.every(({ kind }) => kind === "added")) return t("Not in force: added");
  const options = new Set(own.flatMap((change) => change.options.map((option) => option.name.split(".")[0])));
  return options.size === 0 ? t("Not in force: changed") : t("Not in force: {0}", [...options].join(", "));
}
