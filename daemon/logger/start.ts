import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { dirname, join } from "node:path";

/** A logger that was just started, and the wire to it: what is sent before it is up waits there. */
export type StartedLogger = { readonly child: ChildProcess; readonly socket: Socket };

/** Variables that would make a small process a large one. */
const NOT_INHERITED = ["NODE_OPTIONS", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"];

/** Starts a logger in a session of its own: it outlives this daemon. Throws what the system says. */
export function startLogger(socketPath: string): StartedLogger {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name)),
  );
  const child = spawn(process.execPath, [loggerScript(), socketPath], {
    cwd: "/",
    detached: true,
    env,
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  child.unref();
  return { child, socket: child.stdio[3] as Socket };
}

/** Resolves to the wire to the logger that listens there; null if there is none. */
export function findLogger(socketPath: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath });
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(null));
  });
}

/** It is bundled beside the daemon. */
function loggerScript(): string {
  return join(dirname(realpathSync(process.argv[1] ?? "")), "logger.cjs");
}
