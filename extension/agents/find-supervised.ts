import { existsSync } from "node:fs";
import { join } from "node:path";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { NOT_RUNNING } from "../model/agent-answers.ts";
import { candidatePaths } from "../model/discovery.ts";
import type { DaemonProgram } from "../servers/daemon-program.ts";
import { type Found, findAtOwnServer, findOurs } from "../servers/find.ts";
import type { Supervised } from "./use-tool.ts";

/** Where agents look: folders with configurations at the usual places, configurations, and addresses. */
export type Places = {
  readonly folders: readonly string[];
  readonly configurations: readonly string[];
  readonly servers: readonly string[];
};

/** The supervisors of the places, with what answers for them now. */
export async function findSupervised(places: Places, daemon: DaemonProgram): Promise<Supervised[]> {
  const { folders, configurations, servers } = places;
  const usual = folders.flatMap((folder) => candidatePaths([]).map(({ path }) => join(folder, path)));
  const files = [...new Set([...configurations, ...usual])].filter((file) => existsSync(file));
  return Promise.all([
    ...files.map((file) => lookForConfigured(file, daemon)),
    ...servers.map((url) => lookAt(url)),
  ]);
}

async function lookForConfigured(configFile: string, daemon: DaemonProgram): Promise<Supervised> {
  const plan = () => daemon.plan(configFile);
  const ours = await findOurs(configFile);
  const found = ours.kind === "none" ? await findAtOwnServer((await plan()).ownServer, {}) : ours;
  return { name: configFile, label: configFile, plan, ...use(found, NOT_RUNNING) };
}

async function lookAt(url: string): Promise<Supervised> {
  const found = await findAtOwnServer(url, {});
  return { name: url, label: url, plan: null, ...use(found, "Nothing answers there.") };
}

function use(found: Found, noneReason: string): Pick<Supervised, "client" | "reason"> {
  if (found.kind === "server") return { client: createRpcClient(found.address), reason: "" };
  if (found.kind === "none") return { client: null, reason: noneReason };
  return { client: null, reason: found.cause === "password" ? NEEDS_PASSWORD : found.reason };
}

/** Arguments and environments of a program can be read by others. */
const NEEDS_PASSWORD =
  "It needs a password, which only the editor has: use the editor's own tools (supervisord_list_programs and so on).";
