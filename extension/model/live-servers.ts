import type { LiveProcess, LiveServers } from "../../language-server/requests.ts";
import { fittingActs } from "./acts.ts";
import type { Server } from "./server.ts";
import { targetId } from "./target.ts";

/** What the language server shows of the running programs over the lines that define them. */
export function liveServers(servers: readonly Server[]): LiveServers {
  return {
    servers: servers.flatMap((server) =>
      server.state.kind === "connected" && server.configFile !== null
        ? [{ configFile: server.configFile, processes: processesOf(server.key, server.state.processes) }]
        : [],
    ),
  };
}

type Connected = Extract<Server["state"], { kind: "connected" }>;

function processesOf(server: string, processes: Connected["processes"]): LiveProcess[] {
  return [...processes.values()].map((process) => {
    const { group, name, state, pid } = process;
    const id = targetId({ kind: "process", server, group, name });
    return { group, name, id, state, pid, acts: fittingActs([process]) };
  });
}
