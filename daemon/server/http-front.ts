import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { stackOf } from "../core/stack-of.ts";
import type { Windows } from "../runtime/windows.ts";
import { type Credentials, checkLogin } from "./auth.ts";
import { Backlog } from "./backlog.ts";
import { Bodies } from "./bodies.ts";
import { Connections } from "./connections.ts";
import type { Daemon } from "./daemon.ts";
import { EventHub } from "./events/hub.ts";
import { FailedLogins } from "./failed-logins.ts";
import { tailMainLog, tailProcessLog } from "./log-tail.ts";
import { foreignRequest, type Listener } from "./origin.ts";
import { reply } from "./reply.ts";
import { RpcHandler } from "./rpc/handle.ts";
import type { MethodTable } from "./rpc/method.ts";
import { READ_ONLY } from "./rpc/reading.ts";
import { METHODS, PRIVATE_METHODS, READING_METHODS } from "./rpc/table.ts";
import { Turns } from "./turns.ts";
import { WebPages } from "./web/web-pages.ts";

/** Where requests come in, what they have to show there, and whether they can only look. */
type Entrance = {
  readonly listener: Listener;
  readonly credentials: Credentials | null;
  readonly readonly: boolean;
  /** Whether nobody but the daemon's user reaches it. */
  readonly isPrivate: boolean;
};

type Route = {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly handle: (
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
    door: Door,
  ) => void | Promise<void>;
};

/** The HTTP side of the daemon, the same behind each of its sockets. */
export class HttpFront {
  readonly #daemon: Daemon;
  readonly #routes: readonly Route[];
  readonly #failedLogins = new FailedLogins();

  /** `windows` is null where the daemon does not depend on an editor's windows. */
  constructor(daemon: Daemon, windows: Windows | null) {
    this.#daemon = daemon;
    const bodies = new Bodies();
    const backlog = new Backlog();
    const rpc = new RpcHandler(daemon, bodies, new Turns());
    const hub = new EventHub(daemon.supervisor, backlog, windows);
    const pages = new WebPages(daemon, bodies);
    this.#routes = [
      {
        method: "POST",
        path: /^\/RPC2/,
        handle: (_, request, response, door) =>
          rpc.handle({ table: methodsOf(door), connections: door.connections }, request, response),
      },
      {
        method: "GET",
        path: /^\/logtail/,
        handle: (url, _, response) => tailProcessLog(daemon, backlog, decodePath(url.pathname), response),
      },
      {
        method: "GET",
        path: /^\/mainlogtail/,
        handle: (_, __, response) => tailMainLog(daemon, backlog, response),
      },
      {
        method: "GET",
        path: /^\/events$/,
        handle: (url, request, response, { readonly }) => hub.handle(url, request, response, readonly),
      },
      {
        method: "GET",
        path: /^\/(?:index\.html)?$/,
        handle: (url, _, response, { readonly }) => pages.showStatus(url.searchParams, response, readonly),
      },
      {
        method: "GET",
        path: /^\/tail\.html$/,
        handle: (url, _, response, { readonly }) => pages.showTail(url.searchParams, response, readonly),
      },
      {
        method: "POST",
        path: /^\/(?:(?:index|tail)\.html)?$/,
        handle: (url, request, response, { readonly }) =>
          readonly ? reply(response, 403, READ_ONLY) : pages.act(url, request, response),
      },
      { method: "GET", path: /^\/ok\.html$/, handle: (_, __, response) => reply(response, 200, "OK") },
    ];
  }

  /** A server for one socket; who listens on it is the caller's business. */
  createServer(entrance: Entrance): Server {
    const options = {
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      // Like Supervisor: scripts leave it out, browsers never do.
      requireHostHeader: false,
    };
    const server = createServer(options, (request, response) => {
      if (!connections.begin(request, response)) return;
      this.#serve({ ...entrance, connections }, request, response).catch((error: unknown) => {
        // Whoever hung up in the middle of a request waits for no answer.
        if (request.destroyed && !request.complete) return;
        this.#daemon.log.write(
          "critical",
          `answering ${request.method} ${request.url} failed: ${stackOf(error)}`,
        );
        if (response.headersSent) response.destroy();
        else reply(response, 500, "the request could not be answered; the daemon's log says why");
      });
    });
    server.maxHeadersCount = 100;
    const connections = new Connections(server);
    return server;
  }

  async #serve(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of KEPT_TO_ITSELF) response.setHeader(name, value);
    if (door.connections.isFull) return reply(response, 503, "too many answers wait to be read", SOON);
    if (!(await this.#admit(door, request, response))) return;
    await this.#daemon.ready;
    const url = urlOf(request.url ?? "/");
    const routes = url === null ? [] : this.#routes.filter(({ path }) => path.test(url.pathname));
    const route = routes.find(({ method }) => method === request.method);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (url === null || (routes.length === 0 && reads)) return reply(response, 404, "there is nothing here");
    if (route === undefined) return reply(response, 400, `${request.method} is not for ${url.pathname}`);
    await route.handle(url, request, response, door);
  }

  /** Whether a request may come in; if not, it is answered. */
  async #admit(door: Door, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { listener, credentials } = door;
    const address = request.socket.remoteAddress ?? "";
    if (listener.family === "inet" && this.#failedLogins.isBlocked(address)) {
      reply(response, 429, "too many wrong passwords from this address", SOON);
      return false;
    }
    const login = checkLogin(request, credentials);
    const foreign = foreignRequest(request, listener, login === "right");
    if (foreign !== null) {
      reply(response, 403, foreign, { Connection: "close" });
      return false;
    }
    if (login === "free" || login === "right") return true;
    if (login === "wrong") await this.#failedLogins.punish(address);
    reply(response, 401, "user or password is wrong", { "WWW-Authenticate": 'Basic realm="default"' });
    return false;
  }
}

/** A server through which a request came. */
type Door = Entrance & { readonly connections: Connections };

function methodsOf({ readonly, isPrivate }: Door): MethodTable {
  if (readonly) return READING_METHODS;
  return isPrivate ? PRIVATE_METHODS : METHODS;
}

/** No other site may use an answer, as whatever it takes it for. */
const KEPT_TO_ITSELF = [
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["X-Content-Type-Options", "nosniff"],
] as const;

const SOON = { "Retry-After": "1", Connection: "close" };

/** Two slashes at the beginning are a path, and no host. */
function urlOf(target: string): URL | null {
  return URL.parse(target.startsWith("/") ? `http://localhost${target}` : target);
}

/** Names arrive percent-encoded; what is not decodable is no name. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
