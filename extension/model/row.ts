import type { Look } from "./process-row.ts";
import type { TextPlace } from "./server.ts";
import type { Target } from "./target.ts";

/** One line of the view. */
export type Row = {
  readonly id: string;
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly label: string;
  readonly description: string;
  readonly look: Look;
  /** The theme colour of its name; null for that of all text. */
  readonly nameColor: string | null;
  readonly contextValue: string;
  readonly accessibleLabel: string;
  /** How a row with others below it is drawn first: by what it is, for VS Code keeps what the user makes of it. */
  readonly folding: "none" | "folded" | "unfolded";
  readonly content: RowContent;
};

/** What a row stands for; a message says in its label why there is nothing else. */
type RowContent =
  | { readonly kind: "target"; readonly target: Target }
  | { readonly kind: "message"; readonly place: TextPlace | null; readonly tooltip: string };

/** Rows with the top one first. `changesInMs` is how long they stay as they are while no event comes; null for good. */
export type Branch = { readonly rows: readonly [Row, ...Row[]]; readonly changesInMs: number | null };

/** A row with what is below it. */
export function branch(top: Row, below: readonly Branch[]): Branch {
  return { rows: [top, ...below.flatMap(({ rows }) => rows)], changesInMs: firstChange(below) };
}

/** When the first of these branches changes; null for never. */
export function firstChange(branches: readonly Pick<Branch, "changesInMs">[]): number | null {
  const waits = branches.flatMap(({ changesInMs }) => changesInMs ?? []);
  return waits.length === 0 ? null : Math.min(...waits);
}
