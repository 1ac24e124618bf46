import { forceStopOf } from "../../daemon/client/force-stop.ts";
import type { RpcClient } from "../../daemon/client/rpc.ts";
import { Fault } from "../../daemon/protocol/faults.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { ActionResult } from "../../daemon/protocol/process-info.ts";
import { describeRefusal } from "../model/act-failure.ts";
import type { Act, NamedTarget } from "../model/acts.ts";
import { type Changes, reloadSteps } from "../model/reload.ts";

/** Does an act to a target and waits for its end; resolves with a sentence for each process that it failed for. */
export async function perform(client: RpcClient, act: Act, target: NamedTarget): Promise<string[]> {
  if (act !== "restart") return once(client, act, target);
  const failures = await once(client, "stop", target);
  return failures.length > 0 ? failures : once(client, "start", target);
}

/** Puts the configuration on disk in force, as Supervisor's `reread` and `update` do. */
export async function reload(client: RpcClient): Promise<Changes> {
  const changes = await client.reloadConfig();
  for (const { step, group } of reloadSteps(changes)) {
    if (step === "stop") await client.stopProcessGroup(group);
    else if (step === "remove") await client.removeProcessGroup(group);
    else await client.addProcessGroup(group);
  }
  return changes;
}

async function once(client: RpcClient, act: SingleAct, target: NamedTarget): Promise<string[]> {
  const calls = callsOf(client, act);
  if (target.kind === "process") return oneProcess(calls, act, makeNamespec(target.group, target.name));
  const results = await (target.kind === "server" ? calls.all() : calls.group(target.group));
  return results.flatMap(({ group, name, status, description }) => {
    const refusal = { name: makeNamespec(group, name), code: status, text: description };
    return describeRefusal(act, refusal) ?? [];
  });
}

async function oneProcess(calls: Calls, act: SingleAct, name: string): Promise<string[]> {
  try {
    await calls.one(name);
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [describeRefusal(act, { name, code: error.code, text: error.text }) ?? []].flat();
  }
}

/** An act that is one call of the supervisor. */
type SingleAct = Exclude<Act, "restart">;

type Calls = {
  readonly one: (name: string) => Promise<unknown>;
  readonly group: (group: string) => Promise<ActionResult[]>;
  readonly all: () => Promise<ActionResult[]>;
};

function callsOf(client: RpcClient, act: SingleAct): Calls {
  switch (act) {
    case "start":
      return {
        one: (name) => client.startProcess(name),
        group: (group) => client.startProcessGroup(group),
        all: () => client.startAllProcesses(),
      };
    case "stop":
      return {
        one: (name) => client.stopProcess(name),
        group: (group) => client.stopProcessGroup(group),
        all: () => client.stopAllProcesses(),
      };
    case "forceStop":
      return forceStopOf(client);
  }
}
