import { chmodSync, chownSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { distrust } from "../client/private-folder.ts";

/** The longest path of a unix socket, in bytes (unix(7): 108 with the final zero). */
const MAX_SOCKET_PATH = 107;

/** Who may use a unix socket. */
export type SocketAccess = {
  readonly mode: number;
  readonly uid: number | null;
  readonly gid: number | null;
};

/** The socket belongs to a server that lives. */
export class SocketInUse extends Error {
  constructor(address: string) {
    super(`Another program is already listening on ${address}`);
    this.name = "SocketInUse";
  }
}

/** The system does not let the server listen. */
export class CannotListen extends Error {
  readonly code: string;
  readonly errno: number;

  constructor(address: string, cause: NodeJS.ErrnoException) {
    super(`cannot listen on ${address}: ${cause.message}`, { cause });
    this.name = "CannotListen";
    this.code = cause.code ?? "EIO";
    this.errno = Math.abs(cause.errno ?? 5);
  }
}

/** Listens on a unix socket, replacing the leftover of a server that is gone; never one that answers. */
export async function listenUnix(server: Server, path: string, access: SocketAccess): Promise<void> {
  const bytes = Buffer.byteLength(path);
  if (bytes > MAX_SOCKET_PATH) {
    throw new Error(
      `the path of socket ${path} has ${bytes} bytes; a unix socket's may have ${MAX_SOCKET_PATH}`,
    );
  }
  if (isSocket(path)) await removeDead(path);
  requireFolder(path);
  // Nobody may connect in the moment before its mode is set.
  const umask = process.umask(0o777 & ~access.mode);
  try {
    const listening = listen(server, { path });
    process.umask(umask);
    await listening;
  } finally {
    process.umask(umask);
  }
  chmodSync(path, access.mode);
  if (access.uid !== null || access.gid !== null) giveTo(path, access.uid ?? -1, access.gid ?? -1);
}

/** Node reports every trouble with the folder as a lack of permission. */
function requireFolder(path: string): void {
  try {
    // The dot makes a file that stands in its place an error too.
    statSync(`${dirname(path)}/.`);
  } catch (error) {
    throw new CannotListen(`unix://${path}`, error as NodeJS.ErrnoException);
  }
}

function giveTo(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch (cause) {
    const user = userInfo().username;
    throw new Error(
      `Not permitted to chown ${path} to uid/gid (${uid}, ${gid}); adjust "sockchown" value in config file or on command line to values that the current user (${user}) can successfully chown`,
      { cause },
    );
  }
}

/** Listens on a TCP port; an empty host means every interface. */
export async function listenInet(server: Server, host: string, port: number): Promise<void> {
  await listen(server, host === "" ? { port, host: "0.0.0.0" } : { port, host });
}

/** Makes a folder that only this user can look into; refuses one that somebody else made, or could have put things into. */
export function makePrivateFolder(path: string): void {
  const folders = [dirname(path), path];
  for (const folder of folders) mkdirIfMissing(folder);
  const reason = distrust(path);
  if (reason !== null) throw new Error(reason);
  for (const folder of folders) chmodSync(folder, 0o700);
}

function mkdirIfMissing(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Whether something accepts connections on a unix socket. */
export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.setTimeout(2000);
    const settle = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.on("connect", () => settle(true));
    // One that neither accepts nor refuses is alive, if not well; so is one that we may not talk to.
    socket.on("timeout", () => settle(true));
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      settle(code !== "ECONNREFUSED" && code !== "ENOENT"),
    );
  });
}

/**
 * Removes the socket of a server that is gone. It is moved aside and asked once more there: between the question
 * and the removal another daemon may have put its own in the place, and gets it back.
 */
async function removeDead(path: string): Promise<void> {
  if (await answers(path)) throw new SocketInUse(`unix://${path}`);
  const aside = `${path}~`;
  renameSync(path, aside);
  if (await answers(aside)) {
    renameSync(aside, path);
    throw new SocketInUse(`unix://${path}`);
  }
  rmSync(aside, { force: true });
}

function listen(server: Server, options: { path: string } | { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const address = "path" in options ? `unix://${options.path}` : `http://${options.host}:${options.port}`;
      reject(error.code === "EADDRINUSE" ? new SocketInUse(address) : new CannotListen(address, error));
    });
    server.listen(options, resolve);
  });
}

function isSocket(path: string): boolean {
  try {
    return lstatSync(path).isSocket();
  } catch {
    // Not there, or in a place where nothing can be: listening tells which.
    return false;
  }
}
