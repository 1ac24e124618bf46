import type { RpcClient } from "../../daemon/client/rpc.ts";
import { daemonKey, runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { holderOf } from "../machine/listeners.ts";
import { argumentsOf, readProcess, readProcesses, variableOf } from "../machine/processes.ts";
import { asPlainText } from "../model/incident-message.ts";
import {
  describeHolder,
  type Marking,
  type Marks,
  originOf,
  ownerOf,
  type PortHolder,
} from "../model/ports/holder.ts";
import { portsSaidTaken } from "../model/ports/port-trouble.ts";
import type { Server } from "../model/server.ts";
import { targetId } from "../model/target.ts";
import { visible } from "../model/visible.ts";
import { ConfiguredServer } from "../servers/configured-server.ts";
import type { Servers } from "../servers/servers.ts";
import { isOnThisMachine, type ProcessTarget } from "./program-ports.ts";

/** A port that a program wants, and who has it. */
export type PortTaken = { readonly port: number; readonly holder: PortHolder };

const TAIL_BYTES = 8192;
const LONGEST_COMMAND = 100;

/**
 * Why a program that is down did not get its port: what it says of it, else what it is configured to listen on, as far as
 * another process listens there now. Null where that is not so.
 */
export async function portTaken(servers: Servers, target: ProcessTarget): Promise<PortTaken | null> {
  const server = servers.find(target.server);
  const client = server?.client;
  if (!server || !client || !isOnThisMachine(client.address)) return null;
  const said = await lastOutput(client, target);
  const named = portsSaidTaken(said);
  const wanted = named.length > 0 ? named : await configuredPorts(servers, target);
  for (const port of wanted) {
    const holder = await whoHolds(servers, port);
    if (holder !== null && !isOwn(holder, target)) return { port, holder };
  }
  return null;
}

/** The same in a sentence for a message, of a program that has just failed. */
export type PortTrouble = { readonly port: number; readonly sentence: string };

/** Who keeps a program that failed from its port; null where that is not why, or nobody can tell. */
export async function portTrouble(servers: Servers, target: ProcessTarget): Promise<PortTrouble | null> {
  const taken = await portTaken(servers, target).catch(() => null);
  if (taken === null) return null;
  const wanted = makeNamespec(target.group, target.name);
  return { port: taken.port, sentence: asPlainText(describeHolder(wanted, taken.port, taken.holder)) };
}

/** Who listens on a port of this machine, as this window knows it; null for nobody. */
async function whoHolds(servers: Servers, port: number): Promise<PortHolder | null> {
  const holder = await holderOf(port);
  if (holder === null || holder.kind === "hidden") return holder;
  const { pid } = holder;
  const views = servers.views.filter(({ key }) => {
    const address = servers.find(key)?.client?.address;
    return address !== undefined && isOnThisMachine(address);
  });
  return ownerOf(views, await readProcesses(), pid) ?? stranger(views, pid);
}

async function stranger(servers: readonly Server[], pid: number): Promise<PortHolder | null> {
  const [found, args, marks] = await Promise.all([readProcess(pid), argumentsOf(pid), marksOf(pid)]);
  if (found === null) return null;
  const command = shortened(visible(maskSecrets(args.join(" "))));
  return {
    kind: "stranger",
    pid,
    startTime: found.startTime,
    command,
    origin: originOf(marks, markingsOf(servers)),
  };
}

async function marksOf(pid: number): Promise<Marks> {
  const [group, name, url, run] = await Promise.all(
    ["SUPERVISOR_GROUP_NAME", "SUPERVISOR_PROCESS_NAME", "SUPERVISOR_SERVER_URL", "SUPERVISORD_RUN"].map(
      (variable) => variableOf(pid, variable),
    ),
  );
  return { group: group ?? null, name: name ?? null, url: url ?? null, run: run ?? null };
}

function markingsOf(servers: readonly Server[]): Marking[] {
  return servers.flatMap(({ configFile, state }) => {
    if (state.kind !== "connected") return [];
    const isOurs = state.info !== null && configFile !== null;
    return [{ url: state.address, daemon: isOurs ? daemonKey(runtimeFolder(configFile)) : null }];
  });
}

function shortened(command: string): string {
  return command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND)}…` : command;
}

async function configuredPorts(servers: Servers, target: ProcessTarget): Promise<readonly number[]> {
  const server = servers.find(target.server);
  const plan = server instanceof ConfiguredServer ? await server.plan().catch(() => null) : null;
  const program = plan?.programs.find(({ group, name }) => group === target.group && name === target.name);
  return program?.ports ?? [];
}

async function lastOutput(client: RpcClient, { group, name }: ProcessTarget): Promise<string> {
  const namespec = makeNamespec(group, name);
  const tails = await Promise.all(
    [client.readProcessStderrLog, client.readProcessStdoutLog].map((read) =>
      // Without a log it says nothing.
      read(namespec, -TAIL_BYTES, 0).catch(() => ""),
    ),
  );
  return tails.join("\n");
}

function isOwn(holder: PortHolder, target: ProcessTarget): boolean {
  return holder.kind === "program" && targetId(holder.target) === targetId(target);
}
