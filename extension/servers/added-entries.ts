import { describeAddress, parseServerUrl } from "../../daemon/client/address.ts";

/** A supervisor that was added by its address; `url` has no user name and no password. */
export type AddedServerEntry = { readonly key: string; readonly url: string };

/** What the setting `supervisord.servers` lists, without what is no address, twice there, or called as one of `taken`. */
export function addedServers(setting: unknown, taken: readonly string[]): AddedServerEntry[] {
  const entries = (Array.isArray(setting) ? setting : []).flatMap((item) => entryOf(item) ?? []);
  const seen = new Set(taken);
  return entries.flatMap(({ key, url }) => {
    const free = [key, url].find((name) => !seen.has(name));
    if (free === undefined) return [];
    seen.add(free);
    return [{ key: free, url }];
  });
}

/** The address that somebody typed: what it is called by itself, and what stood before its `@`. Throws a sentence. */
export function typedServer(text: string): {
  readonly url: string;
  readonly name: string;
  readonly credentials: { readonly username?: string; readonly password?: string };
} {
  const { username, password, ...address } = parseServerUrl(withScheme(text.trim()));
  const url = describeAddress(address);
  const name = address.kind === "unix" ? address.path : new URL(address.url).host;
  return {
    url,
    name,
    credentials: username === undefined ? {} : { username, password: password ?? "" },
  };
}

/** The setting with an entry more; one for the same address makes room. */
export function withServer(setting: unknown, name: string, url: string): unknown[] {
  return [...withoutServer(setting, url), name === url ? { url } : { name, url }];
}

/** The setting without the entries of this address. */
export function withoutServer(setting: unknown, url: string): unknown[] {
  return (Array.isArray(setting) ? setting : []).filter((item) => entryOf(item)?.url !== url);
}

function entryOf(item: unknown): AddedServerEntry | null {
  if (typeof item !== "object" || item === null) return null;
  const { url, name } = item as { readonly url?: unknown; readonly name?: unknown };
  if (typeof url !== "string") return null;
  const plain = plainUrl(url);
  if (plain === null) return null;
  // A bar parts servers from programs in the ids of rows.
  const called = typeof name === "string" ? name.replaceAll("|", " ").trim() : "";
  return { key: called === "" ? plain : called, url: plain };
}

function plainUrl(url: string): string | null {
  try {
    return typedServer(url).url;
  } catch {
    // An entry that is being typed into the settings file.
    return null;
  }
}

/** A path is a socket, and `host:port` is what people know of a supervisor. */
function withScheme(text: string): string {
  if (text.startsWith("/")) return `unix://${text}`;
  return /^[\w.-]+:\d+$/.test(text) ? `http://${text}` : text;
}
