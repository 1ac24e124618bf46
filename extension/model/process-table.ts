import type { ProcessSnapshot, StreamEvent } from "../../daemon/protocol/event-stream.ts";

/** The processes of one server by `group:name`, by group and then name, whenever they came. */
export type ProcessTable = ReadonlyMap<string, ProcessSnapshot>;

/** The table after an event of the stream; the same object where the event concerns no process. */
export function applyEvent(table: ProcessTable, event: StreamEvent): ProcessTable {
  switch (event.type) {
    case "snapshot":
      return tableOf(event.processes);
    case "process":
      return withProcesses(table, [event.process]);
    case "added":
      return withProcesses(table, event.processes);
    case "removed":
      return new Map([...table].filter(([, process]) => process.group !== event.group));
    case "server":
    case "log":
    case "dropped":
      return table;
  }
}

/** A table of these processes alone. */
export function tableOf(processes: readonly ProcessSnapshot[]): ProcessTable {
  return withProcesses(new Map(), processes);
}

/** What a process is called in a table, and in the queries of the event stream. */
export function processKey(process: { readonly group: string; readonly name: string }): string {
  return `${process.group}:${process.name}`;
}

function withProcesses(table: ProcessTable, processes: readonly ProcessSnapshot[]): ProcessTable {
  const next = new Map(table);
  for (const process of processes) next.set(processKey(process), process);
  // A change of state keeps the order; only newcomers have to find their place.
  return next.size === table.size ? next : new Map([...next].sort(([, a], [, b]) => compare(a, b)));
}

function compare(a: ProcessSnapshot, b: ProcessSnapshot): number {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}
