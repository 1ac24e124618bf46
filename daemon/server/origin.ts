import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Where requests come in. Addresses need not be named: `names` are the other names that a TCP server answers for. */
export type Listener =
  | { readonly family: "unix" }
  | { readonly family: "inet"; readonly names: readonly string[] };

type Asked = Pick<IncomingMessage, "method" | "headers">;

const FROM_ELSEWHERE = "requests from other web sites are refused";

/**
 * Why a request may come from a web page that has no business here; null if it may not. Browsers send Origin with
 * every request that could change something, and a name of the attacker's as Host when its address was rebound.
 * `knowsPassword` where one is asked for, and was given.
 */
export function foreignRequest(request: Asked, listener: Listener, knowsPassword: boolean): string | null {
  const { origin, host = "" } = request.headers;
  const site = request.headers["sec-fetch-site"];
  const mayNameAny = (listener.family === "unix" || knowsPassword) && isProgram(request);
  if (!mayNameAny && !isExpected(hostname(host), listener)) return doesNotAnswer(host, listener);
  // The browser's own word, which no page can forge: it holds behind a proxy that changes Host, too.
  if (site === "same-origin") return null;
  if (origin !== undefined && !isOriginOf(host, origin)) return FROM_ELSEWHERE;
  // A link on another site may lead here: it shows a page, and nothing acts by being shown.
  if (isElsewhere(site) && !isNavigation(request)) return FROM_ELSEWHERE;
  return null;
}

/** Addresses are safe to answer for, for only names can be rebound; they are read whole, never by how they begin. */
function isExpected(name: string, listener: Listener): boolean {
  if (name === "" || name === "localhost" || isIP(name) !== 0) return true;
  return listener.family === "inet" && listener.names.includes(name);
}

/** Every browser sends some of these, and no script of a page can leave them out. */
function isProgram({ headers }: Asked): boolean {
  const marks = ["origin", "accept-language", "sec-fetch-site", "sec-fetch-mode", "cookie"];
  return marks.every((mark) => headers[mark] === undefined);
}

function doesNotAnswer(host: string, { family }: Listener): string {
  const shown = hostname(host)
    .slice(0, 253)
    .replace(/[^\w.:-]/g, "?");
  const remedy = family === "inet" ? `; a name of this machine can be added: allowed_hosts=${shown}` : "";
  return `this server does not answer for ${shown}${remedy}`;
}

function hostname(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[(?<address>.*)\]$/, "$<address>");
}

/** A proxy in front may speak https, and this server does not. */
function isOriginOf(host: string, origin: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Another port of this machine is the same site to a browser, and yet somebody else's page. */
function isElsewhere(site: string | readonly string[] | undefined): boolean {
  return site === "cross-site" || site === "same-site";
}

function isNavigation({ method, headers }: Asked): boolean {
  return (
    method === "GET" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document"
  );
}
