import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { Program, ProgramChange } from "../api.ts";
import type { Server } from "./server.ts";
import { targetId } from "./target.ts";

/** The processes of the servers that answer, as other extensions see them. */
export function programsOf(servers: readonly Server[]): readonly Program[] {
  return servers.flatMap(({ key, state }) =>
    state.kind === "connected" ? [...state.processes.values()].map((process) => programOf(key, process)) : [],
  );
}

/** A process as other extensions see it. */
export function programOf(server: string, process: ProcessSnapshot): Program {
  const { group, name, state, pid, startedAt, exit } = process;
  return {
    id: targetId({ kind: "process", server, group, name }),
    server,
    group,
    name,
    state,
    pid,
    startedAt,
    exitCode: exit?.kind === "code" ? exit.code : null,
  };
}

/** What became of the programs between two looks; null where all is as it was. */
export function changeBetween(before: readonly Program[], after: readonly Program[]): ProgramChange | null {
  const known = new Map(before.map((program) => [program.id, JSON.stringify(program)]));
  const changed = after.filter((program) => known.get(program.id) !== JSON.stringify(program));
  const present = new Set(after.map(({ id }) => id));
  const removed = before.map(({ id }) => id).filter((id) => !present.has(id));
  return changed.length === 0 && removed.length === 0 ? null : { changed, removed };
}
