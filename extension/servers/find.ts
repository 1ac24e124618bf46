import { type Credentials, parseServerUrl, type ServerAddress } from "../../daemon/client/address.ts";
import { RequestFailure } from "../../daemon/client/failure.ts";
import { distrust } from "../../daemon/client/private-folder.ts";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import type { UnreachableCause } from "../model/server.ts";

const PROBE_TIMEOUT_MS = 5000;

/** What answers for a configuration. */
export type Found =
  | { readonly kind: "server"; readonly address: ServerAddress }
  | { readonly kind: "none" }
  | { readonly kind: "unreachable"; readonly reason: string; readonly cause: UnreachableCause };

/** The daemon of ours that runs for a configuration, looked for at its control socket. */
export async function findOurs(configFile: string): Promise<Found> {
  const { path, controlSocket } = runtimeFolder(configFile);
  const reason = distrust(path);
  // Whoever made it could pose as the supervisor.
  if (reason !== null) return { kind: "unreachable", reason, cause: "permission" };
  return probe({ kind: "unix", path: controlSocket });
}

/** Whatever supervisor answers at the address that the configuration itself names for its server. */
export async function findAtOwnServer(ownServer: string | null, credentials: Credentials): Promise<Found> {
  return ownServer === null ? { kind: "none" } : probe(parseServerUrl(ownServer, credentials));
}

async function probe(address: ServerAddress): Promise<Found> {
  try {
    await createRpcClient(address).call("supervisor.getState", [], { timeoutMs: PROBE_TIMEOUT_MS });
    return { kind: "server", address };
  } catch (error) {
    if (!(error instanceof RequestFailure)) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: "unreachable", reason, cause: "other" };
    }
    if (error.code !== null && NOBODY_THERE.has(error.code)) return { kind: "none" };
    return { kind: "unreachable", reason: error.message, cause: causeOf(error) };
  }
}

const NOBODY_THERE: ReadonlySet<string> = new Set(["ENOENT", "ECONNREFUSED", "ENOTDIR"]);

function causeOf({ code, status }: RequestFailure): UnreachableCause {
  if (status === 401) return "password";
  return code === "EACCES" || code === "EPERM" ? "permission" : "other";
}
