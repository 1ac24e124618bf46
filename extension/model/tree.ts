import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { fittingActs } from "./acts.ts";
import { type Look, processRow } from "./process-row.ts";
import type { Connected, Server, TextPlace } from "./server.ts";
import { type Target, targetId } from "./target.ts";
import { faultRows, leftBehindRows } from "./trouble-rows.ts";

/** One line of the view. */
export type Row = {
  readonly id: string;
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly label: string;
  readonly description: string;
  readonly look: Look;
  readonly contextValue: string;
  readonly accessibleLabel: string;
  readonly content: RowContent;
};

/** What a row stands for; a message says in its label why there is nothing else. */
type RowContent =
  | { readonly kind: "target"; readonly target: Target }
  | { readonly kind: "message"; readonly place: TextPlace | null; readonly tooltip: string };

/** All rows by id. `changesInMs` is how long they stay as they are while no event comes; null for good. */
export type Tree = {
  readonly roots: readonly string[];
  readonly rows: ReadonlyMap<string, Row>;
  readonly changesInMs: number | null;
};

/** The view of these servers at an instant: server, group, process. A program alone in its group has no group row. */
export function buildTree(servers: readonly Server[], nowMs: number): Tree {
  const built = servers.map((server) => serverRows(server, nowMs));
  const waits = built.flatMap(({ changesInMs }) => changesInMs ?? []);
  return {
    roots: built.map(({ rows }) => rows[0].id),
    rows: new Map(built.flatMap(({ rows }) => rows.map((row) => [row.id, row]))),
    changesInMs: waits.length === 0 ? null : Math.min(...waits),
  };
}

/** Rows with the top one first. */
type Branch = { readonly rows: readonly [Row, ...Row[]]; readonly changesInMs: number | null };

function serverRows(server: Server, nowMs: number): Branch {
  const { state } = server;
  switch (state.kind) {
    case "looking":
      return plainServer(server, "looking", "loading~spin");
    case "starting":
      return plainServer(server, "starting", "loading~spin");
    case "notRunning":
      return plainServer(server, "not running", "server-process");
    case "failed":
      return serverWithMessage(server, "cannot start", state.reason, state.place);
    case "unreachable":
      return serverWithMessage(server, "cannot connect", state.reason, null);
    case "connected":
      return connectedServer(server, state, nowMs);
  }
}

function plainServer(server: Server, condition: string, icon: string): Branch {
  const target: Target = { kind: "server", server: server.key };
  const row: Row = {
    id: targetId(target),
    parent: null,
    children: [],
    label: server.key,
    description: condition,
    look: { icon, color: null },
    contextValue: ["server", server.state.kind, ...originFlags(server)].join(";"),
    accessibleLabel: `${server.key}, ${condition}`,
    content: { kind: "target", target },
  };
  return { rows: [row], changesInMs: null };
}

/** A server that was added has no file to open, and can be removed. */
function originFlags({ configFile }: Server): string[] {
  return configFile === null ? ["added"] : [];
}

function serverWithMessage(
  server: Server,
  condition: string,
  reason: string,
  place: TextPlace | null,
): Branch {
  const [top] = plainServer(server, condition, "server-process").rows;
  const message: Row = {
    id: `${top.id}!`,
    parent: top.id,
    children: [],
    label: reason,
    description: "",
    look: { icon: "error", color: "supervisord.fatalForeground" },
    contextValue: "message",
    accessibleLabel: reason,
    content: { kind: "message", place, tooltip: reason },
  };
  return { rows: [{ ...top, children: [message.id] }, message], changesInMs: null };
}

function connectedServer(server: Server, state: Connected, nowMs: number): Branch {
  const id = targetId({ kind: "server", server: server.key });
  const processes = [...state.processes.values()];
  const groups = [...Map.groupBy(processes, ({ group }) => group)].map(([group, members]) =>
    groupRows(server.key, group, members, nowMs),
  );
  const faults = faultRows(id, state);
  const leftBehind = leftBehindRows(server.key, id, state);
  const waits = groups.flatMap(({ changesInMs }) => changesInMs ?? []);
  const tally = processes.length === 0 ? "no programs" : tallyOf(processes);
  const top: Row = {
    id,
    parent: null,
    children: [...faults, ...groups.map(({ rows }) => rows[0]), ...leftBehind].map((row) => row.id),
    label: server.key,
    description: state.info?.configChanged ? `${tally} · configuration changed` : tally,
    look: { icon: "server-process", color: null },
    contextValue: ["server", "connected", ...fittingActs(processes), ...originFlags(server)].join(";"),
    accessibleLabel: `${server.key}, ${tally}`,
    content: { kind: "target", target: { kind: "server", server: server.key } },
  };
  return {
    rows: [top, ...faults, ...groups.flatMap(({ rows }) => rows), ...leftBehind],
    changesInMs: waits.length === 0 ? null : Math.min(...waits),
  };
}

function groupRows(
  server: string,
  group: string,
  members: readonly ProcessSnapshot[],
  nowMs: number,
): Branch {
  const serverId = targetId({ kind: "server", server });
  const [only] = members;
  if (only !== undefined && members.length === 1 && only.name === group) {
    return memberRow(server, serverId, only, nowMs);
  }
  const target: Target = { kind: "group", server, group };
  const id = targetId(target);
  const branches = members.map((member) => memberRow(server, id, member, nowMs));
  const waits = branches.flatMap(({ changesInMs }) => changesInMs ?? []);
  const row: Row = {
    id,
    parent: serverId,
    children: branches.map(({ rows }) => rows[0].id),
    label: group,
    description: tallyOf(members),
    look: { icon: "layers", color: worstColor(members) },
    contextValue: ["group", ...fittingActs(members)].join(";"),
    accessibleLabel: `${group}, group, ${tallyOf(members)}`,
    content: { kind: "target", target },
  };
  return {
    rows: [row, ...branches.flatMap(({ rows }) => rows)],
    changesInMs: waits.length === 0 ? null : Math.min(...waits),
  };
}

function memberRow(server: string, parent: string, process: ProcessSnapshot, nowMs: number): Branch {
  const target: Target = { kind: "process", server, group: process.group, name: process.name };
  const { changesInMs, ...seen } = processRow(process, nowMs);
  const row: Row = {
    id: targetId(target),
    parent,
    children: [],
    label: process.name,
    ...seen,
    content: { kind: "target", target },
  };
  return { rows: [row], changesInMs };
}

function tallyOf(processes: readonly ProcessSnapshot[]): string {
  const running = processes.filter(({ state }) => state === "RUNNING").length;
  return `${running} of ${processes.length} running`;
}

function worstColor(processes: readonly ProcessSnapshot[]): string | null {
  if (processes.some(({ state }) => state === "FATAL")) return "supervisord.fatalForeground";
  return processes.some(({ state }) => state === "BACKOFF") ? "supervisord.backoffForeground" : null;
}
