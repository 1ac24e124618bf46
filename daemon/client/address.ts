/** How to reach a supervisor. `url` has neither credentials nor a closing slash. */
export type ServerAddress =
  | ({ readonly kind: "unix"; readonly path: string } & Credentials)
  | ({ readonly kind: "http"; readonly url: string } & Credentials);

export type Credentials = { readonly username?: string; readonly password?: string };

/**
 * The address that a `serverurl` names: `unix:///path`, `http://host:port` or `https://host:port`.
 * Credentials given apart win over those in the URL. Throws a sentence for anything else.
 */
export function parseServerUrl(url: string, credentials: Credentials = {}): ServerAddress {
  if (url.startsWith("unix://")) {
    const path = url.slice("unix://".length);
    if (path === "") throw new Error(`cannot use the server URL ${url}: it names no socket file`);
    return { kind: "unix", path, ...credentials };
  }
  if (!/^https?:\/\//i.test(url)) {
    throw new Error(
      `cannot use the server URL ${withoutSecrets(url)}: it begins with neither unix:// nor http://`,
    );
  }
  const parsed = URL.parse(url);
  if (parsed === null) throw new Error(`cannot use the server URL ${withoutSecrets(url)}: it is not a URL`);
  // What programs in other languages are given is often the URL of the calls themselves.
  const path = parsed.pathname.replace(/\/(RPC2)?\/?$/, "");
  return { kind: "http", url: parsed.origin + path, ...userInfo(parsed), ...credentials };
}

/** The address as a `serverurl`; it never shows the password. */
export function describeAddress(address: ServerAddress): string {
  return address.kind === "unix" ? `unix://${address.path}` : address.url;
}

function userInfo(url: URL): Credentials {
  if (url.username === "") return {};
  return { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//");
}
