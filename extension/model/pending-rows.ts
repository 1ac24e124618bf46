import type { Pending } from "./pending.ts";
import type { Row } from "./row.ts";

/** Why the configuration on disk cannot be put in force, as a row that leads to the place. */
export function pendingRows(parent: string, pending: Pending | null): Row[] {
  if (pending?.kind !== "refused") return [];
  const { reason, place } = pending;
  return [
    {
      id: `${parent}!refused`,
      parent,
      children: [],
      label: reason,
      description: "",
      look: { icon: "error", color: "supervisord.fatalForeground" },
      nameColor: null,
      contextValue: "message",
      accessibleLabel: reason,
      folding: "none",
      content: { kind: "message", place, tooltip: reason },
    },
  ];
}
