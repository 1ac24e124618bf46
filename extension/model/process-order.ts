import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { needsAttention } from "./attention.ts";
import type { SortOrder } from "./tree-options.ts";

type Compare = (a: ProcessSnapshot, b: ProcessSnapshot) => number;

/** The processes in an order that the user chose; those that are equal in it keep theirs. */
export function sorted(processes: readonly ProcessSnapshot[], order: SortOrder): ProcessSnapshot[] {
  return processes.toSorted(COMPARE[order]);
}

/** Groups by the first of their members, which are in order already. */
export function sortedGroups(
  processes: readonly ProcessSnapshot[],
  order: SortOrder,
): readonly (readonly [string, readonly ProcessSnapshot[]])[] {
  if (order === "name")
    return [...Map.groupBy(sorted(processes, order), ({ group }) => group)].toSorted(byKey);
  return [...Map.groupBy(sorted(processes, order), ({ group }) => group)];
}

const COMPARE: Readonly<Record<SortOrder, Compare>> = {
  priority: (a, b) => a.priority - b.priority,
  name: (a, b) => a.name.localeCompare(b.name, "en", { numeric: true }),
  state: (a, b) => rank(a) - rank(b),
  uptime: (a, b) => startOf(b) - startOf(a),
};

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** What needs somebody comes first, what is at rest last. */
function rank(process: ProcessSnapshot): number {
  const { state } = process;
  if (needsAttention(process)) return state === "FATAL" ? 0 : 1;
  return state === "STARTING" || state === "STOPPING" ? 2 : state === "RUNNING" ? 3 : 4;
}

/** The last started first: that is what somebody works on. What is down comes after all that is up. */
function startOf({ state, startedAt }: ProcessSnapshot): number {
  return state === "RUNNING" || state === "STARTING" ? (startedAt ?? 0) : -1;
}
