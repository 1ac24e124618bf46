import { existsSync } from "node:fs";
import { join } from "node:path";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { candidatePaths } from "../model/discovery.ts";
import type { DaemonProgram } from "../servers/daemon-program.ts";
import { type Found, findAtOwnServer, findOurs } from "../servers/find.ts";
import type { Supervised } from "./use-tool.ts";

/** The configurations that folders hold at the usual places, beside those that are named, with what runs them now. */
export async function findSupervised(
  folders: readonly string[],
  named: readonly string[],
  daemon: DaemonProgram,
): Promise<Supervised[]> {
  const usual = folders.flatMap((folder) => candidatePaths([]).map(({ path }) => join(folder, path)));
  const files = [...new Set([...named, ...usual])].filter((file) => existsSync(file));
  return Promise.all(files.map((file) => look(file, daemon)));
}

async function look(configFile: string, daemon: DaemonProgram): Promise<Supervised> {
  const plan = () => daemon.plan(configFile);
  const found = await find(configFile, plan);
  if (found.kind === "server")
    return { configFile, client: createRpcClient(found.address), reason: "", plan };
  const reason = found.kind === "none" ? NOT_RUNNING : found.reason;
  return { configFile, client: null, reason, plan };
}

/** Starting a whole supervisor runs every command of the file: that is for a person to agree to. */
const NOT_RUNNING = "supervisord is not running for it; ask the user to start it from the Supervisord view.";

async function find(configFile: string, plan: Supervised["plan"]): Promise<Found> {
  const ours = await findOurs(configFile);
  if (ours.kind !== "none") return ours;
  const { ownServer } = await plan();
  return findAtOwnServer(ownServer, {});
}
