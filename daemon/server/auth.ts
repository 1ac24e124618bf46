import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The user and password that a server asks for; `{SHA}` and 40 hexadecimal digits stand for a hashed password. */
export type Credentials = { readonly username: string; readonly password: string };

/** What a request has to show: nothing is asked for, the right password, none, or a wrong one. */
export type Login = "free" | "right" | "missing" | "wrong";

/** Looks at the user and password of a request. */
export function checkLogin(
  request: Pick<IncomingMessage, "headers">,
  credentials: Credentials | null,
): Login {
  if (credentials === null) return "free";
  const { authorization } = request.headers;
  if (authorization === undefined) return "missing";
  const given = readBasic(authorization);
  return given !== null && isSame(given, credentials) ? "right" : "wrong";
}

function isSame(given: Credentials, credentials: Credentials): boolean {
  const hash = /^\{SHA\}(?<digest>.*)$/s.exec(credentials.password)?.groups?.digest;
  const password =
    hash === undefined
      ? same(given.password, credentials.password)
      : same(createHash("sha1").update(given.password).digest("hex"), hash);
  // Both are compared whatever the first says, so that the time taken tells nothing.
  return same(given.username, credentials.username) && password;
}

function readBasic(header: string): Credentials | null {
  const encoded = /^basic\s+(?<value>[a-z0-9+/=]+)\s*$/i.exec(header)?.groups?.value;
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString();
  const colon = text.indexOf(":");
  return colon === -1 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Compares in a time that does not depend on where the texts differ. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
