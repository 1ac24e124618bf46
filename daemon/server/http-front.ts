import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { stackOf } from "../core/stack-of.ts";
import { type Credentials, isAuthorized } from "./auth.ts";
import type { Daemon } from "./daemon.ts";
import { EventHub } from "./events/hub.ts";
import { tailMainLog, tailProcessLog } from "./log-tail.ts";
import { foreignRequest, type Listener } from "./origin.ts";
import { reply } from "./reply.ts";
import { handleRpc } from "./rpc/handle.ts";
import { WebPages } from "./web/web-pages.ts";

type Route = {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly handle: (url: URL, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
};

/** The HTTP side of the daemon, the same behind each of its sockets. */
export class HttpFront {
  readonly #daemon: Daemon;
  readonly #routes: readonly Route[];

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
    const hub = new EventHub(daemon.supervisor);
    const pages = new WebPages(daemon);
    this.#routes = [
      {
        method: "POST",
        path: /^\/RPC2/,
        handle: (_, request, response) => handleRpc(daemon, request, response),
      },
      {
        method: "GET",
        path: /^\/logtail/,
        handle: (url, _, response) => tailProcessLog(daemon, decodePath(url.pathname), response),
      },
      { method: "GET", path: /^\/mainlogtail/, handle: (_, __, response) => tailMainLog(daemon, response) },
      {
        method: "GET",
        path: /^\/events$/,
        handle: (url, request, response) => hub.handle(url, request, response),
      },
      {
        method: "GET",
        path: /^\/(?:index\.html)?$/,
        handle: (url, _, response) => pages.showStatus(url.searchParams, response),
      },
      {
        method: "GET",
        path: /^\/tail\.html$/,
        handle: (url, _, response) => pages.showTail(url.searchParams, response),
      },
      {
        method: "POST",
        path: /^\/(?:(?:index|tail)\.html)?$/,
        handle: (url, request, response) => pages.act(url, request, response),
      },
      { method: "GET", path: /^\/ok\.html$/, handle: (_, __, response) => reply(response, 200, "OK") },
    ];
  }

  /** A server for one socket; who listens on it is the caller's business. */
  createServer(listener: Listener, credentials: Credentials | null): Server {
    const options = {
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      // Like Supervisor: scripts leave it out, browsers never do.
      requireHostHeader: false,
    };
    return createServer(options, (request, response) => {
      this.#serve(listener, credentials, request, response).catch((error: unknown) => {
        this.#daemon.log.write(
          "critical",
          `answering ${request.method} ${request.url} failed: ${stackOf(error)}`,
        );
        if (response.headersSent) response.destroy();
        else reply(response, 500, "the request could not be answered; the daemon's log says why");
      });
    });
  }

  async #serve(
    listener: Listener,
    credentials: Credentials | null,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const foreign = foreignRequest(request, listener, credentials !== null);
    if (foreign !== null) return reply(response, 403, foreign);
    if (!isAuthorized(request, credentials)) {
      return reply(response, 401, "user or password is wrong", {
        "WWW-Authenticate": 'Basic realm="default"',
      });
    }
    const url = URL.parse(request.url ?? "/", "http://localhost");
    const routes = url === null ? [] : this.#routes.filter(({ path }) => path.test(url.pathname));
    const route = routes.find(({ method }) => method === request.method);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (url === null || (routes.length === 0 && reads)) return reply(response, 404, "there is nothing here");
    if (route === undefined) return reply(response, 400, `${request.method} is not for ${url.pathname}`);
    await route.handle(url, request, response);
  }
}

/** Names arrive percent-encoded; what is not decodable is no name. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
