import { spins } from "./process-row.ts";
import type { Row } from "./row.ts";
import type { Tree } from "./tree.ts";

/** What of the view must be drawn again, by the ids of its rows. */
export type TreeChange = {
  /** Rows with nothing below them, or other rows below them than before; `all` where the servers themselves changed. */
  readonly first: readonly string[] | "all";
  /** Rows that say something else of what is below them: with them VS Code draws all of that again. */
  readonly above: readonly string[];
  /** Whether only processes changed, each into a state that it seldom stays in. */
  readonly isPassing: boolean;
};

/** What changed from one tree to another. */
export function treeChange(before: Tree, after: Tree): TreeChange {
  if (!sameList(before.roots, after.roots)) return { first: "all", above: [], isPassing: false };
  const first: string[] = [];
  const above: string[] = [];
  let isPassing = true;
  for (const row of after.rows.values()) {
    const old = before.rows.get(row.id);
    // A row that is new is drawn with its parent, whose list of children changed.
    if (old === undefined || looksSame(old, row)) continue;
    const isAbove = row.children.length > 0 && sameList(old.children, row.children);
    (isAbove ? above : first).push(row.id);
    isPassing &&= isAbove || (row.children.length === 0 && spins(row.look));
  }
  if (first.length > MANY) return { first: [...first, ...above], above: [], isPassing };
  return { first, above, isPassing: isPassing && first.length > 0 };
}

/** So many rows are drawn sooner as a whole, with what is above them. */
const MANY = 16;

/** Whether nothing has to be drawn again. */
export function isNothing({ first, above }: TreeChange): boolean {
  return first.length === 0 && above.length === 0;
}

/** What changes into a passing state is drawn after this time, unless it has gone on by then: many end in less. */
const PASSING_MS = 75;

/** How long a change that came `sinceMs` ago can wait to be drawn with what follows from it. */
export function patienceMs({ isPassing }: TreeChange, sinceMs: number): number {
  return isPassing ? Math.max(0, PASSING_MS - sinceMs) : 0;
}

function looksSame(a: Row, b: Row): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.look.icon === b.look.icon &&
    a.look.color === b.look.color &&
    a.nameColor === b.nameColor &&
    a.contextValue === b.contextValue &&
    a.accessibleLabel === b.accessibleLabel &&
    sameList(a.children, b.children)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
