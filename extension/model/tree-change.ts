import type { Row } from "./row.ts";
import type { Tree } from "./tree.ts";

/** Ids of the rows that must be drawn again, each with what is below it; `all` where the servers themselves changed. */
export function changedRows(before: Tree, after: Tree): readonly string[] | "all" {
  if (!sameList(before.roots, after.roots)) return "all";
  return [...after.rows.values()]
    .filter((row) => {
      const old = before.rows.get(row.id);
      // A row that is new is drawn with its parent, whose list of children changed.
      return old !== undefined && !looksSame(old, row);
    })
    .map(({ id }) => id);
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
