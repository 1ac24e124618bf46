import type { Server } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import type { Configuration, HttpServerSettings, RpcInterfaceSettings } from "../config/configuration.ts";
import { repr } from "../config/python/repr.ts";
import type { ActivityLog } from "../io/activity-log.ts";
import { KeptSocket } from "../io/kept-socket.ts";
import { listenInet, listenUnix, type SocketAccess, SocketInUse } from "../io/listen.ts";
import { findAccount, findGroupId } from "../io/users.ts";
import type { Credentials } from "../server/auth.ts";
import type { HttpFront } from "../server/http-front.ts";
import { isMainInterface } from "./prepare.ts";

/** Which servers to open, and how. */
type Opening = {
  readonly configuration: Configuration;
  readonly controlSocket: string;
  /** Makes the folder of the control socket anew, with all that it held, where somebody removed it. */
  readonly restoreFolder: () => void;
  /** Whether a port may open beyond this machine without a password. */
  readonly allowOpenTcp: boolean;
  readonly log: ActivityLog;
  /** Told what keeps clients from connecting, and null once they can again. */
  readonly setFault: SetFault;
};

type SetFault = (key: string, message: string | null) => void;

/** A server that listens; `close` stops that, and tells when its last connection has ended. */
type OpenServer = { readonly server: Server; readonly close: (onClosed: () => void) => void };

/** Opens the control socket and every server of the configuration; the ones open so far are closed if one fails. */
export async function openServers(front: HttpFront, opening: Opening): Promise<readonly OpenServer[]> {
  const { configuration, log, setFault } = opening;
  const open: OpenServer[] = [];
  try {
    open.push(await openControl(front, opening));
    for (const settings of configuration.httpServers) {
      const server = await openServer(front, settings, opening);
      if (server === null) continue;
      open.push(server);
      announce(settings, configuration.rpcInterfaces.filter(isMainInterface), log);
    }
    for (const { server } of open) watchAccepting(server, setFault);
    return open;
  } catch (error) {
    await closeServers(open);
    throw error;
  }
}

/** Supervisor's sentence where an address is taken. */
export const ANOTHER_LISTENS =
  "Another program is already listening on a port that one of our HTTP servers is configured to use.  Shut this program down first before starting supervisord.";

export function alreadyRunning(configFile: string): string {
  return `${ANOTHER_LISTENS}\nsupervisord is already running with ${configFile}; supervisorctl -c ${configFile} talks to it`;
}

/** The control socket is only ever a daemon's of ours, so that its being taken means just one thing. */
async function openControl(front: HttpFront, opening: Opening): Promise<OpenServer> {
  const { controlSocket: path, restoreFolder, setFault } = opening;
  const configFile = opening.configuration.file;
  const server = front.createServer({
    listener: { family: "unix" },
    credentials: null,
    readonly: false,
    isPrivate: true,
  });
  const access = { mode: 0o700, uid: null, gid: null };
  try {
    await listenUnix(server, path, access);
  } catch (error) {
    if (!(error instanceof SocketInUse)) throw error;
    throw new Error(alreadyRunning(configFile));
  }
  return keep(server, path, access, restoreFolder, setFault);
}

function keep(
  server: Server,
  path: string,
  access: SocketAccess,
  prepare: () => void,
  setFault: SetFault,
): OpenServer {
  const onFault = (message: string | null) => setFault(`socket ${path}`, message);
  return new KeptSocket(server, path, { access, prepare, onFault });
}

/** What the system says when it can accept no more, for want of descriptors or memory; the next connection ends it. */
function watchAccepting(server: Server, setFault: SetFault): void {
  server.on("error", (error) => setFault("accept", `cannot accept connections: ${error.message}`));
  server.on("connection", () => setFault("accept", null));
}

/** An answer that is on its way gets this long; streams that never end are cut after it. */
const GRACE_MS = 100;

/** Stops listening, and ends what is still connected. */
export async function closeServers(servers: readonly OpenServer[]): Promise<void> {
  await Promise.all(
    servers.map(({ server, close }) => {
      const closed = new Promise<void>(close);
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      return closed.then(() => clearTimeout(cut));
    }),
  );
}

async function openServer(
  front: HttpFront,
  settings: HttpServerSettings,
  { allowOpenTcp, setFault }: Opening,
): Promise<OpenServer | null> {
  const credentials = credentialsOf(settings);
  const { readonly } = settings;
  if (settings.family === "unix") {
    const server = front.createServer({
      listener: { family: "unix" },
      credentials,
      readonly,
      isPrivate: false,
    });
    const uid = settings.owner === null ? null : (findAccount(settings.owner.user)?.uid ?? null);
    const group = settings.owner?.group ?? null;
    const gid = group === null ? null : findGroupId(group);
    const access = { mode: settings.chmod, uid, gid };
    await listenUnix(server, settings.file, access);
    // Its folder is the user's business: it is waited for.
    return keep(server, settings.file, access, () => {}, setFault);
  }
  if (credentials === null && !allowOpenTcp && !isLoopback(settings.host)) {
    const where = settings.host === "" ? "every interface" : settings.host;
    setFault(
      `port ${settings.port}`,
      `port ${settings.port} is not opened on ${where}: anybody who reaches it could run commands; set username and password in [${settings.section}], or port=127.0.0.1:${settings.port}; --allow-open-tcp opens it all the same`,
    );
    return null;
  }
  const names = [settings.host, hostname(), ...settings.allowedHosts].map((name) => name.toLowerCase());
  const server = front.createServer({
    listener: { family: "inet", names },
    credentials,
    readonly,
    isPrivate: false,
  });
  await listenInet(server, settings.host, settings.port);
  return { server, close: (onClosed) => void server.close(onClosed) };
}

/** Supervisor calls every server without a password critical; here only one that others can reach. */
function announce(
  settings: HttpServerSettings,
  interfaces: readonly RpcInterfaceSettings[],
  log: ActivityLog,
): void {
  for (const { name } of interfaces) log.write("info", `RPC interface ${repr(name)} initialized`);
  const isPrivate = settings.family === "unix" && (settings.chmod & 0o077) === 0;
  if (credentialsOf(settings) !== null || isPrivate) return;
  log.write("critical", `Server ${repr(settings.section)} running without any HTTP authentication checking`);
}

function credentialsOf({ username, password }: HttpServerSettings): Credentials | null {
  return username === null || password === null ? null : { username, password };
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
