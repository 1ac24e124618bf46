import { makeNamespec } from "../../daemon/protocol/names.ts";
import { processesOf } from "../model/acts.ts";
import { stripAnsi } from "../model/ansi.ts";
import type { SearchedLog } from "../model/log-search.ts";
import type { Target } from "../model/target.ts";
import { readLogEnd } from "./log-end.ts";
import type { Servers } from "./servers.ts";

/** What is read of all logs together, and of each. */
const MOST_TOGETHER = 32 * 1024 * 1024;
const MOST_OF_ONE = 1024 * 1024;
const LEAST_OF_ONE = 64 * 1024;

/** The ends of all logs of these targets, as plain text; those that cannot be read are left out. */
export async function readLogs(servers: Servers, targets: readonly Target[]): Promise<SearchedLog[]> {
  const wanted = targets.flatMap((target) => {
    const client = servers.find(target.server)?.client;
    if (!client) return [];
    const suffix = servers.all.length > 1 ? ` · ${target.server}` : "";
    return processesOf(servers.views, target).flatMap((process) =>
      (["stdout", "stderr"] as const).map((channel) => ({ client, process, channel, suffix })),
    );
  });
  const atMost = Math.max(LEAST_OF_ONE, Math.min(MOST_OF_ONE, Math.floor(MOST_TOGETHER / wanted.length)));
  const logs = await Promise.all(
    wanted.map(async ({ client, process, channel, suffix }) => {
      const end = await readLogEnd(client, process, channel, { atMost, from: 0 }).catch(() => null);
      if (end === null || end.text === "") return [];
      const label = `${makeNamespec(process.group, process.name)} · ${channel}${suffix}`;
      return [{ label, text: stripAnsi("", end.text).text, skipped: end.offset }];
    }),
  );
  return logs.flat();
}
