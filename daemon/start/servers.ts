import type { Server } from "node:http";
import { isIP } from "node:net";
import type { Configuration, HttpServerSettings } from "../config/configuration.ts";
import { listenInet, listenUnix, SocketInUse } from "../io/listen.ts";
import { findAccount, findGroupId } from "../io/users.ts";
import type { Credentials } from "../server/auth.ts";
import type { HttpFront } from "../server/http-front.ts";

/** Opens the control socket and every server of the configuration; the ones open so far are closed if one fails. */
export async function openServers(
  front: HttpFront,
  configuration: Configuration,
  controlSocket: string,
  warn: (message: string) => void,
): Promise<readonly Server[]> {
  const open: Server[] = [];
  try {
    const control = front.createServer({ family: "unix" }, null);
    await listenControl(control, controlSocket, configuration.file);
    open.push(control);
    for (const settings of configuration.httpServers) {
      const server = await openServer(front, settings, warn);
      if (server !== null) open.push(server);
    }
    return open;
  } catch (error) {
    await closeServers(open);
    throw error;
  }
}

/** The control socket is only ever a daemon's of ours, so that its being taken means just one thing. */
async function listenControl(server: Server, path: string, configFile: string): Promise<void> {
  try {
    await listenUnix(server, path, { mode: 0o700, uid: null, gid: null });
  } catch (error) {
    if (!(error instanceof SocketInUse)) throw error;
    throw new Error(
      `supervisord is already running with ${configFile}; supervisorctl -c ${configFile} talks to it`,
    );
  }
}

/** An answer that is on its way gets this long; streams that never end are cut after it. */
const GRACE_MS = 100;

/** Stops listening, and ends what is still connected. */
export async function closeServers(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      return closed.then(() => clearTimeout(cut));
    }),
  );
}

async function openServer(
  front: HttpFront,
  settings: HttpServerSettings,
  warn: (message: string) => void,
): Promise<Server | null> {
  const credentials = credentialsOf(settings);
  if (settings.family === "unix") {
    const server = front.createServer({ family: "unix" }, credentials);
    const uid = settings.owner === null ? null : (findAccount(settings.owner.user)?.uid ?? null);
    const group = settings.owner?.group ?? null;
    const gid = group === null ? null : findGroupId(group);
    await listenUnix(server, settings.file, { mode: settings.chmod, uid, gid });
    return server;
  }
  if (credentials === null && !isLoopback(settings.host)) {
    const where = settings.host === "" ? "every interface" : settings.host;
    warn(
      `port ${settings.port} is not opened on ${where}: anybody who reaches it could run commands; set username and password in [${settings.section}], or port=127.0.0.1:${settings.port}`,
    );
    return null;
  }
  const server = front.createServer({ family: "inet", host: settings.host }, credentials);
  await listenInet(server, settings.host, settings.port);
  return server;
}

function credentialsOf({ username, password }: HttpServerSettings): Credentials | null {
  return username === null || password === null ? null : { username, password };
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
