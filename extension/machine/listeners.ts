import { readdir, readFile, readlink } from "node:fs/promises";
import { eldestOf, type MachineProcess } from "../model/machine-process.ts";
import { parseLsof } from "../model/ports/lsof.ts";
import type { Listener } from "../model/ports/port.ts";
import { type ListeningSocket, parseProcNet } from "../model/ports/proc-net.ts";
import { HAS_PROC, readProcesses, run } from "./processes.ts";

/** What these processes listen on; those of other users show it to root only. */
export async function listenersOf(pids: readonly number[]): Promise<Listener[]> {
  const [first] = pids;
  if (first === undefined) return [];
  if (!HAS_PROC) return lsof(["-a", "-p", pids.join(",")]);
  // A program in a container has a network of its own.
  const sockets = await listeningSockets(`/proc/${first}/net`);
  const byInode = Map.groupBy(sockets, ({ inode }) => inode);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const inodes = await socketsOf(pid);
      return inodes.flatMap((inode) => byInode.get(inode) ?? []).map((socket) => listenerOf(socket, pid));
    }),
  );
  return found.flat();
}

/** Who holds a port of this machine. */
export type Holder =
  | { readonly kind: "process"; readonly pid: number }
  /** A process of another user, which the system does not show. */
  | { readonly kind: "hidden"; readonly uid: number | null };

/** Who listens on a port; null for nobody. */
export async function holderOf(port: number): Promise<Holder | null> {
  if (!HAS_PROC) {
    const pids = (await lsof([])).filter((one) => one.port === port).map(({ pid }) => pid);
    const eldest = eldestOf((await readProcesses()).filter(({ pid }) => pids.includes(pid)));
    return eldest === null ? null : { kind: "process", pid: eldest.pid };
  }
  const sockets = (await listeningSockets("/proc/net")).filter((socket) => socket.port === port);
  const [first] = sockets;
  if (first === undefined) return null;
  const wanted = new Set(sockets.map(({ inode }) => inode));
  const processes = await readProcesses();
  const holders: MachineProcess[] = [];
  for (const one of processes) {
    if ((await socketsOf(one.pid)).some((inode) => wanted.has(inode))) holders.push(one);
  }
  const eldest = eldestOf(holders);
  return eldest === null ? { kind: "hidden", uid: first.uid } : { kind: "process", pid: eldest.pid };
}

function listenerOf({ port, address }: ListeningSocket, pid: number): Listener {
  return { port, address, pid };
}

async function listeningSockets(folder: string): Promise<ListeningSocket[]> {
  const texts = await Promise.all(
    // A machine may have no IPv6, and the process may be gone.
    ["tcp", "tcp6"].map((name) => readFile(`${folder}/${name}`, "utf8").catch(() => "")),
  );
  return texts.flatMap(parseProcNet);
}

/** The sockets of a process by their inodes; none where they may not be seen. */
async function socketsOf(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

async function lsof(more: readonly string[]): Promise<Listener[]> {
  // It ends with 1 where there is nothing to tell.
  return parseLsof(await run("lsof", ["-nP", "-iTCP", "-sTCP:LISTEN", "-Fpn", ...more]).catch(() => ""));
}
