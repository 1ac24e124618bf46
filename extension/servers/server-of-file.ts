import type { ConfiguredServer } from "./configured-server.ts";
import type { Servers } from "./servers.ts";

/** The server whose configuration a file is, or is a part of; null for none. */
export function serverOfFile(servers: Servers, file: string): ConfiguredServer | null {
  return (
    servers.configured.find(({ configFile }) => configFile === file) ??
    servers.configured.find(({ files }) => files.includes(file)) ??
    null
  );
}
