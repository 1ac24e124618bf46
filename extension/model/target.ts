import { splitNamespec } from "../../daemon/protocol/names.ts";
import { instancesOf } from "./instances.ts";
import { processKey } from "./process-table.ts";
import type { Server } from "./server.ts";

/** What a command acts on: a whole server, one of its groups, the processes of one program in it, or one process. */
export type Target =
  | { readonly kind: "server"; readonly server: string }
  | { readonly kind: "group"; readonly server: string; readonly group: string }
  | {
      readonly kind: "instances";
      readonly server: string;
      readonly group: string;
      readonly program: string;
    }
  | { readonly kind: "process"; readonly server: string; readonly group: string; readonly name: string };

/** Names of processes hold no colon. */
const INSTANCES = ":*";

/** The id of a target, by which the tree keeps its folding and key bindings name it: `SERVER|GROUP:NAME`. */
export function targetId(target: Target): string {
  switch (target.kind) {
    case "server":
      return `${target.server}|`;
    case "group":
      return `${target.server}|${target.group}:*`;
    case "instances":
      return `${target.server}|${target.group}:${target.program}${INSTANCES}`;
    case "process":
      return `${target.server}|${processKey(target)}`;
  }
}

/**
 * The target that an id or a bare name (`web`, `GROUP:NAME`, `GROUP:*`) means; a bare name is looked for in
 * all servers. Null where there is none.
 */
export function findTarget(servers: readonly Server[], text: string): Target | null {
  const bar = text.lastIndexOf("|");
  const wanted = text.slice(bar + 1);
  for (const server of servers) {
    if (bar !== -1 && server.key !== text.slice(0, bar)) continue;
    const target = wanted === "" ? serverTarget(server) : targetIn(server, wanted);
    if (target !== null) return target;
  }
  return null;
}

/** The target that is a whole server. */
export function serverTarget(server: Server): Target {
  return { kind: "server", server: server.key };
}

function targetIn(server: Server, namespec: string): Target | null {
  if (server.state.kind !== "connected") return null;
  const { group, process } = splitNamespec(namespec);
  const members = [...server.state.processes.values()].filter((member) => member.group === group);
  if (process?.endsWith(INSTANCES)) {
    const program = process.slice(0, -INSTANCES.length);
    const isThere = instancesOf(members, program).length > 0;
    return isThere ? { kind: "instances", server: server.key, group, program } : null;
  }
  if (members.some((member) => member.name === process)) {
    return { kind: "process", server: server.key, group, name: process ?? "" };
  }
  // The bare name of a group stands for all of it, as a program with `numprocs` is one in the file.
  const wholeGroup = process === null || !namespec.includes(":");
  return members.length > 0 && wholeGroup ? { kind: "group", server: server.key, group } : null;
}
