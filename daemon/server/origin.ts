import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * Why a request may come from a web page that has no business here; null if it may not. Browsers send Origin with
 * every request that could change something, and a name of the attacker's as Host when its address was rebound.
 */
export function foreignRequest(request: IncomingMessage, listener: Listener): string | null {
  const { origin, host } = request.headers;
  if (listener.family === "unix") return origin === undefined ? null : "a web page cannot use this socket";
  if (host !== undefined && !isOwnHost(host, listener.host)) return `this server does not answer for ${host}`;
  if (origin !== undefined && origin !== `http://${host}`) return "requests from other web sites are refused";
  if (request.headers["sec-fetch-site"] === "cross-site") return "requests from other web sites are refused";
  return null;
}

export type Listener = { readonly family: "unix" } | { readonly family: "inet"; readonly host: string };

/** Addresses are safe to answer for: only names can be rebound. */
function isOwnHost(header: string, configured: string): boolean {
  const name = header.replace(/:\d+$/, "").replace(/^\[(?<address>.*)\]$/, "$<address>");
  return isIP(name) !== 0 || name === "localhost" || name === configured;
}
