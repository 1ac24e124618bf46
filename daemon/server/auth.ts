import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The user and password that a server asks for; `{SHA}` and 40 hexadecimal digits stand for a hashed password. */
export type Credentials = { readonly username: string; readonly password: string };

/** Whether a request may be served. */
export function isAuthorized(request: IncomingMessage, credentials: Credentials | null): boolean {
  if (credentials === null) return true;
  const given = readBasic(request.headers.authorization);
  if (given === null) return false;
  const hash = /^\{SHA\}(?<digest>.*)$/s.exec(credentials.password)?.groups?.digest;
  const password =
    hash === undefined
      ? same(given.password, credentials.password)
      : same(createHash("sha1").update(given.password).digest("hex"), hash);
  // Both are compared whatever the first says, so that the time taken tells nothing.
  return same(given.username, credentials.username) && password;
}

function readBasic(header: string | undefined): Credentials | null {
  const encoded = /^basic\s+(?<value>[a-z0-9+/=]+)\s*$/i.exec(header ?? "")?.groups?.value;
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
