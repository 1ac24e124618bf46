import { fittingActs } from "./acts.ts";
import { conditionOf } from "./condition.ts";
import { t } from "./l10n.ts";
import { canUpdate, pendingSummary } from "./pending.ts";
import { pendingRows } from "./pending-rows.ts";
import { programRows, tallyOf } from "./program-rows.ts";
import { type Branch, branch, firstChange, type Row } from "./row.ts";
import type { Extra } from "./row-fields.ts";
import type { Connected, Server, TextPlace } from "./server.ts";
import { supervisorWords } from "./supervisor-words.ts";
import { type Target, targetId } from "./target.ts";
import { type TreeOptions, USUAL_OPTIONS } from "./tree-options.ts";
import { faultRows, leftBehindRows } from "./trouble-rows.ts";

/** All rows by id. `changesInMs` is how long they stay as they are while no event comes; null for good. */
export type Tree = {
  readonly roots: readonly string[];
  readonly rows: ReadonlyMap<string, Row>;
  readonly changesInMs: number | null;
};

/** The view before anything is known. */
export const EMPTY_TREE: Tree = { roots: [], rows: new Map(), changesInMs: null };

/** The view of these servers at an instant, as the user wants it: server, group, program, process. */
export function buildTree(
  servers: readonly Server[],
  nowMs: number,
  options: TreeOptions = USUAL_OPTIONS,
  extras: ReadonlyMap<string, Extra> = new Map(),
): Tree {
  const built = servers.map((server) => serverBranch(server, { nowMs, options, extras }));
  return {
    roots: built.map(({ rows }) => rows[0].id),
    rows: new Map(built.flatMap(({ rows }) => rows.map((row) => [row.id, row]))),
    changesInMs: firstChange(built),
  };
}

type Context = {
  readonly nowMs: number;
  readonly options: TreeOptions;
  readonly extras: ReadonlyMap<string, Extra>;
};

function serverBranch(server: Server, context: Context): Branch {
  const { state } = server;
  switch (state.kind) {
    case "looking":
    case "starting":
      return branch(serverRow(server, conditionOf(state.kind), "loading~spin"), []);
    case "notRunning":
      return branch(serverRow(server, conditionOf(state.kind), "server-process"), []);
    case "failed":
      return serverWithMessage(server, supervisorWords(state.reason), state.place);
    case "unreachable":
      return serverWithMessage(server, supervisorWords(state.reason), null);
    case "connected":
      return connectedServer(server, state, context);
  }
}

function serverRow(server: Server, condition: string, icon: string): Row {
  const target: Target = { kind: "server", server: server.key };
  return {
    id: targetId(target),
    parent: null,
    children: [],
    label: server.key,
    description: condition,
    look: { icon, color: null },
    nameColor: null,
    contextValue: ["server", server.state.kind, ...originFlags(server)].join(";"),
    accessibleLabel: `${server.key}, ${condition}`,
    folding: "unfolded",
    content: { kind: "target", target },
  };
}

/** A server that was added has no file to open, and can be removed. */
function originFlags({ configFile }: Server): string[] {
  return configFile === null ? ["added"] : [];
}

function pendingFlags({ pending }: Server): string[] {
  return canUpdate(pending ?? null) ? ["pending"] : [];
}

function serverWithMessage(server: Server, reason: string, place: TextPlace | null): Branch {
  const top = serverRow(server, conditionOf(server.state.kind), "server-process");
  const message: Row = {
    id: `${top.id}!`,
    parent: top.id,
    children: [],
    label: reason,
    description: "",
    look: { icon: "error", color: "supervisord.fatalForeground" },
    nameColor: null,
    contextValue: "message",
    accessibleLabel: reason,
    folding: "none",
    content: { kind: "message", place, tooltip: reason },
  };
  return { rows: [{ ...top, children: [message.id] }, message], changesInMs: null };
}

function connectedServer(server: Server, state: Connected, context: Context): Branch {
  const id = targetId({ kind: "server", server: server.key });
  const processes = [...state.processes.values()];
  const programs = programRows({ ...context, server: server.key }, processes);
  const faults = faultRows(id, state);
  const leftBehind = leftBehindRows(server.key, id, state);
  const tally = processes.length === 0 ? t("no programs") : tallyOf(processes);
  const pending = pendingRows(id, server.pending ?? null);
  const waiting = server.pending ? [pendingSummary(server.pending)] : [];
  const top: Row = {
    ...serverRow(server, [...waiting, tally].join(" · "), "server-process"),
    children: [...pending, ...faults, ...programs.map(({ rows }) => rows[0]), ...leftBehind].map(
      (row) => row.id,
    ),
    contextValue: [
      "server",
      "connected",
      ...fittingActs(processes),
      ...pendingFlags(server),
      ...originFlags(server),
    ].join(";"),
    accessibleLabel: [server.key, tally, ...waiting].join(", "),
  };
  return {
    rows: [top, ...pending, ...faults, ...programs.flatMap(({ rows }) => rows), ...leftBehind],
    changesInMs: firstChange(programs),
  };
}
