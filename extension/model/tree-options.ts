import { DEFAULT_FIELDS, type RowField } from "./row-fields.ts";

/** Whether groups have rows of their own. */
export type Layout = "grouped" | "flat";

/** What programs are sorted by; `priority` is the order in which Supervisor starts them. */
export type SortOrder = "priority" | "name" | "state" | "uptime";

/** How the user wants the view. */
export type TreeOptions = {
  readonly layout: Layout;
  readonly sort: SortOrder;
  /** What the rows of processes say. */
  readonly fields: readonly RowField[];
  /** Leaves out what needs nobody. */
  readonly onlyFailing: boolean;
};

/** The view as it is unless the user wants it otherwise. */
export const USUAL_OPTIONS: TreeOptions = {
  layout: "grouped",
  sort: "priority",
  fields: DEFAULT_FIELDS,
  onlyFailing: false,
};
