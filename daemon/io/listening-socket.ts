import { chmodSync, chownSync, lstatSync, rmSync } from "node:fs";
import type { ListenOptions } from "node:net";
import { getSystemErrorName } from "node:util";
import { Worker } from "node:worker_threads";

/** Where a socket listens, and who may use it. */
export type ListeningAddress =
  | {
      readonly family: "unix";
      readonly path: string;
      readonly mode: number;
      /** -1 leaves the user or group as it is. */
      readonly owner: { readonly uid: number; readonly gid: number } | null;
    }
  | { readonly family: "inet"; readonly host: string; readonly port: number };

/** A socket could not be opened; the message says which and why. */
export class SocketFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SocketFailure";
  }
}

/** As many waiting connections as Linux allows, where none are asked for. */
const MOST_WAITING = 4096;

/** What the thread is told, and tells, by the first number that is shared; the second is a descriptor or an error's number. */
const ASKED = 0;
const LISTENING = 1;
const CLOSING = 3;

/** Looking up the name of a host may take its time. */
const MOST_MS = 10_000;

/**
 * A listening socket that this process never accepts on: it is there to be handed to children. Node accepts on every
 * server that listens, so the server lives in a thread that listens and then sleeps, and never comes to accepting.
 */
export class ListeningSocket {
  readonly descriptor: number;
  readonly #shared: Int32Array;

  /** Returns when the socket listens. Throws a SocketFailure that says what is wrong. */
  constructor(address: ListeningAddress, backlog: number | null) {
    const umask = address.family === "unix" ? prepareUnix(address) : null;
    this.#shared = new Int32Array(new SharedArrayBuffer(8));
    try {
      const where = address.family === "unix" ? { path: address.path } : address;
      this.#listen({ ...where, backlog: backlog ?? MOST_WAITING });
    } finally {
      if (umask !== null) process.umask(umask);
    }
    this.descriptor = Atomics.load(this.#shared, 1);
    if (address.family === "unix") this.#give(address);
  }

  /** Returns when the socket is closed, and its file gone. Children that have it keep it. */
  close(): void {
    Atomics.store(this.#shared, 0, CLOSING);
    Atomics.notify(this.#shared, 0);
    Atomics.wait(this.#shared, 0, CLOSING);
  }

  #listen(options: ListenOptions): void {
    const code = `(${listenAndSleep})(require("node:net"), require("node:dns"), require("node:worker_threads"))`;
    const worker = new Worker(code, { eval: true, workerData: { shared: this.#shared, options } });
    worker.unref();
    if (Atomics.wait(this.#shared, 0, ASKED, MOST_MS) === "timed-out") {
      void worker.terminate();
      throw new SocketFailure("no answer within 10 seconds");
    }
    if (Atomics.load(this.#shared, 0) === LISTENING) return;
    throw new SocketFailure(getSystemErrorName(Atomics.load(this.#shared, 1)));
  }

  #give({ path, mode, owner }: Extract<ListeningAddress, { family: "unix" }>): void {
    try {
      if (owner !== null) chownSync(path, owner.uid, owner.gid);
      chmodSync(path, mode);
    } catch (error) {
      this.close();
      throw new SocketFailure(String(error), { cause: error });
    }
  }
}

/** Makes room for the socket, and sees to it that nobody may connect before its mode is set; returns the umask to restore. */
function prepareUnix({ path, mode }: Extract<ListeningAddress, { family: "unix" }>): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isSocket()) throw new SocketFailure(`${path} is there and is no socket`);
  rmSync(path, { force: true });
  return process.umask(0o777 & ~mode);
}

/** Runs in the thread, as text: it may use nothing but its parameters. */
function listenAndSleep(
  net: typeof import("node:net"),
  dns: typeof import("node:dns"),
  { workerData }: typeof import("node:worker_threads"),
): void {
  const { shared, options }: { shared: Int32Array; options: ListenOptions } = workerData;
  const tell = (state: "listening" | "failed" | "closed", value: number) => {
    Atomics.store(shared, 1, value);
    Atomics.store(shared, 0, { listening: 1, failed: 2, closed: 4 }[state]);
    Atomics.notify(shared, 0);
  };
  const fail = (error: NodeJS.ErrnoException) => tell("failed", error.errno ?? 0);
  const server = net.createServer();
  server.on("error", fail);
  server.on("listening", () => {
    const handle: { fd: number; setBlocking: (blocks: boolean) => void } = Reflect.get(server, "_handle");
    // Programs accept as on any socket of theirs: it must block.
    handle.setBlocking(true);
    tell("listening", handle.fd);
    Atomics.wait(shared, 0, 1);
    server.close();
    tell("closed", 0);
  });
  if (options.host === undefined) server.listen(options);
  else {
    // IPv4 only, as Supervisor.
    dns.lookup(options.host, 4, (error, host) => {
      if (error === null) server.listen({ ...options, host });
      else fail(error);
    });
  }
}
