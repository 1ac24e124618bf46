import type { ServerAddress } from "../../daemon/client/address.ts";
import { listenersOf } from "../machine/listeners.ts";
import { readProcesses, variableOf } from "../machine/processes.ts";
import { processesOf } from "../model/acts.ts";
import { treeOf } from "../model/machine-process.ts";
import { type Port, portsOfProcesses } from "../model/ports/port.ts";
import type { Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

export type ProcessTarget = Extract<Target, { readonly kind: "process" }>;

/** The processes that a program consists of now, itself first; empty for one that is down or on another machine. */
export async function pidsOf(servers: Servers, target: ProcessTarget): Promise<number[]> {
  const address = servers.find(target.server)?.client?.address;
  const [process] = processesOf(servers.views, target);
  if (address === undefined || !isOnThisMachine(address) || process?.pid == null) return [];
  const { pid, name } = process;
  // The supervisor may count its processes in a container, where the numbers are others.
  const shown = await variableOf(pid, "SUPERVISOR_PROCESS_NAME");
  if (shown !== null && shown !== name) return [];
  return treeOf(await readProcesses(), pid);
}

/** The ports that a program listens on, with all that it started; asks the system each time. */
export async function portsOf(servers: Servers, target: ProcessTarget): Promise<Port[]> {
  const pids = await pidsOf(servers, target);
  return portsOfProcesses(await listenersOf(pids), pids);
}

/** Whether the processes of a supervisor are this machine's. */
export function isOnThisMachine(address: ServerAddress): boolean {
  if (address.kind === "unix") return true;
  const host = URL.parse(address.url)?.hostname ?? "";
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}
