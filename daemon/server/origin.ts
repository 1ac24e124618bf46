import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Where requests come in; `host` is as configured. */
export type Listener = { readonly family: "unix" } | { readonly family: "inet"; readonly host: string };

const FROM_ELSEWHERE = "requests from other web sites are refused";

/**
 * Why a request may come from a web page that has no business here; null if it may not. Browsers send Origin with
 * every request that could change something, and a name of the attacker's as Host when its address was rebound.
 * `isGuarded` where user and password are asked for.
 */
export function foreignRequest(
  request: Pick<IncomingMessage, "method" | "headers">,
  listener: Listener,
  isGuarded: boolean,
): string | null {
  const { origin, host = "" } = request.headers;
  const site = request.headers["sec-fetch-site"];
  const mayBeRebound = !isGuarded && isName(host) && !isExpected(host, listener, origin);
  if (mayBeRebound) return `this server does not answer for ${host}`;
  // The browser's own word, which no page can forge: it holds behind a proxy that changes Host, too.
  if (site === "same-origin") return null;
  if (origin !== undefined && !isOriginOf(host, origin)) return FROM_ELSEWHERE;
  // A link on another site may lead here: it shows a page, and nothing acts by being shown.
  if (site === "cross-site" && !isNavigation(request)) return FROM_ELSEWHERE;
  return null;
}

/** Addresses are safe to answer for: only names can be rebound. */
function isName(host: string): boolean {
  const name = hostname(host);
  return name !== "" && isIP(name) === 0 && name !== "localhost";
}

/** No browser speaks to a unix socket, unless through a tunnel; programs name any host. */
function isExpected(host: string, listener: Listener, origin: string | undefined): boolean {
  return listener.family === "unix" ? origin === undefined : hostname(host) === listener.host;
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[(?<address>.*)\]$/, "$<address>");
}

/** A proxy in front may speak https, and this server does not. */
function isOriginOf(host: string, origin: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

function isNavigation({ method, headers }: Pick<IncomingMessage, "method" | "headers">): boolean {
  return (
    method === "GET" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document"
  );
}
