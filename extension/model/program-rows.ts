import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { fittingActs } from "./acts.ts";
import { needsAttention } from "./attention.ts";
import { type Part, partsOf } from "./instances.ts";
import { t } from "./l10n.ts";
import { sorted, sortedGroups } from "./process-order.ts";
import { type Look, processRow } from "./process-row.ts";
import { type Branch, branch, type Row } from "./row.ts";
import { type Extra, NO_EXTRA } from "./row-fields.ts";
import { type Target, targetId } from "./target.ts";
import type { TreeOptions } from "./tree-options.ts";

/** What the rows of one server are made with. */
export type RowContext = {
  readonly server: string;
  readonly nowMs: number;
  readonly options: TreeOptions;
  /** By id of the process. */
  readonly extras: ReadonlyMap<string, Extra>;
};

/** More instances of a program than this are folded until somebody unfolds them. */
const INSTANCES_SHOWN = 4;

/** The rows of a server's processes, as the user wants them. */
export function programRows(context: RowContext, processes: readonly ProcessSnapshot[]): Branch[] {
  const { server, options } = context;
  const parent = targetId({ kind: "server", server });
  if (options.layout === "flat") {
    const inOrder = sorted(shownOf(context, processes), options.sort);
    return inOrder.map((one) => processBranch(context, parent, one, makeNamespec(one.group, one.name)));
  }
  return sortedGroups(processes, options.sort)
    .filter(([, members]) => shownOf(context, members).length > 0)
    .map(([group, members]) => groupBranch(context, parent, group, members));
}

/** Acts on a group concern all of it, and so does what its row says; only the rows below it are left out. */
function shownOf({ options }: RowContext, processes: readonly ProcessSnapshot[]): readonly ProcessSnapshot[] {
  return options.onlyFailing ? processes.filter(needsAttention) : processes;
}

/** How many of the processes run, in words. */
export function tallyOf(processes: readonly ProcessSnapshot[]): string {
  const running = processes.filter(({ state }) => state === "RUNNING").length;
  return t("{0} of {1} running", running, processes.length);
}

/** A program alone in its group has no group row, and one that is all of its group no row below it. */
function groupBranch(
  context: RowContext,
  parent: string,
  group: string,
  members: readonly ProcessSnapshot[],
): Branch {
  const { server } = context;
  const [only] = members;
  if (only !== undefined && members.length === 1 && only.name === group) {
    return processBranch(context, parent, only, only.name);
  }
  const target: Target = { kind: "group", server, group };
  const id = targetId(target);
  const parts = partsOf(members);
  const [first] = parts;
  if (first !== undefined && parts.length === 1 && first.kind === "instances") {
    return instancesBranch(context, parent, target, group, members);
  }
  const branches = parts.flatMap((part) => partBranches(context, id, group, part));
  const row: Row = {
    id,
    parent,
    children: branches.map(({ rows }) => rows[0].id),
    label: group,
    description: tallyOf(members),
    look: { icon: "layers", color: worstColor(members) },
    nameColor: worstColor(members),
    contextValue: ["group", ...fittingActs(members)].join(";"),
    accessibleLabel: t("{0}, group, {1}", group, tallyOf(members)),
    folding: "unfolded",
    content: { kind: "target", target },
  };
  return branch(row, branches);
}

function partBranches(context: RowContext, parent: string, group: string, part: Part): Branch[] {
  if (part.kind === "single") {
    return shownOf(context, [part.process]).map((one) => processBranch(context, parent, one, one.name));
  }
  if (shownOf(context, part.processes).length === 0) return [];
  const { program, processes } = part;
  const target: Target = { kind: "instances", server: context.server, group, program };
  return [instancesBranch(context, parent, target, program, processes)];
}

function instancesBranch(
  context: RowContext,
  parent: string,
  target: Target,
  label: string,
  processes: readonly ProcessSnapshot[],
): Branch {
  const id = targetId(target);
  const branches = shownOf(context, processes).map((one) => processBranch(context, id, one, one.name));
  const row: Row = {
    id,
    parent,
    children: branches.map(({ rows }) => rows[0].id),
    label,
    description: `×${processes.length} · ${tallyOf(processes)}`,
    look: { icon: "versions", color: worstColor(processes) },
    nameColor: worstColor(processes),
    contextValue: ["instances", ...fittingActs(processes)].join(";"),
    accessibleLabel: t("{0}, {1} processes, {2}", label, processes.length, tallyOf(processes)),
    folding: processes.length > INSTANCES_SHOWN ? "folded" : "unfolded",
    content: { kind: "target", target },
  };
  return branch(row, branches);
}

function processBranch(
  { server, nowMs, options, extras }: RowContext,
  parent: string,
  process: ProcessSnapshot,
  label: string,
): Branch {
  const target: Target = { kind: "process", server, group: process.group, name: process.name };
  const id = targetId(target);
  const { changesInMs, ...seen } = processRow(process, nowMs, options.fields, extras.get(id) ?? NO_EXTRA);
  const row: Row = {
    id,
    parent,
    children: [],
    label,
    ...seen,
    nameColor: nameColorOf(process, seen.look),
    folding: "none",
    content: { kind: "target", target },
  };
  return { rows: [row], changesInMs };
}

/** Only what needs attention stands out: dimmed text would be hard to read for many. */
function nameColorOf(process: ProcessSnapshot, look: Look): string | null {
  return needsAttention(process) ? look.color : null;
}

function worstColor(processes: readonly ProcessSnapshot[]): Look["color"] {
  if (processes.some(({ state }) => state === "FATAL")) return "supervisord.fatalForeground";
  return processes.some(needsAttention) ? "supervisord.backoffForeground" : null;
}
