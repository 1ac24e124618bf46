import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { RUNNING_STATES, STOPPED_STATES } from "../../daemon/protocol/states.ts";
import { instancesOf } from "./instances.ts";
import { type ProcessTable, processKey } from "./process-table.ts";
import type { Server } from "./server.ts";
import { type Target, targetId } from "./target.ts";

/** What can be done to programs. */
export type Act = "start" | "stop" | "restart" | "forceStop";

const ACTS: readonly Act[] = ["start", "stop", "restart", "forceStop"];

/** Whether the supervisor would accept the act for a process in this state; force is for those that are slow to stop. */
export function fits(act: Act, process: ProcessSnapshot): boolean {
  switch (act) {
    case "start":
      return STOPPED_STATES.has(process.state);
    case "stop":
    case "restart":
      return RUNNING_STATES.has(process.state);
    case "forceStop":
      return process.state === "STOPPING" || process.leftovers.length > 0;
  }
}

/** The acts that fit at least one of the processes, in the order of their buttons. */
export function fittingActs(processes: readonly ProcessSnapshot[]): Act[] {
  return ACTS.filter((act) => processes.some((process) => fits(act, process)));
}

/** The processes that a target stands for. */
export function processesOf(servers: readonly Server[], target: Target): ProcessSnapshot[] {
  const state = servers.find(({ key }) => key === target.server)?.state;
  return state?.kind === "connected" ? membersOf(state.processes, target) : [];
}

/** The same of the processes of the target's server alone. */
export function membersOf(processes: ProcessTable, target: Target): ProcessSnapshot[] {
  const all = [...processes.values()];
  switch (target.kind) {
    case "server":
      return all;
    case "group":
      return all.filter(({ group }) => group === target.group);
    case "instances": {
      const members = all.filter(({ group }) => group === target.group);
      return [...instancesOf(members, target.program)];
    }
    case "process":
      return all.filter((process) => processKey(process) === processKey(target));
  }
}

/** What a supervisor can be told to act on by one name. */
export type NamedTarget = Exclude<Target, { readonly kind: "instances" }>;

/** The targets that a selection comes to, so that it acts on each process once. */
export function namedTargets(servers: readonly Server[], targets: readonly Target[]): NamedTarget[] {
  const named = targets.flatMap((target) => (target.kind === "instances" ? each(servers, target) : target));
  const unique = [...new Map(named.map((target) => [targetId(target), target])).values()];
  return unique.filter((target) => !unique.some((other) => other !== target && includes(other, target)));
}

/** No supervisor has a name for the processes of one program within a group. */
function each(servers: readonly Server[], target: Target): NamedTarget[] {
  return processesOf(servers, target).map(({ group, name }) => {
    return { kind: "process", server: target.server, group, name };
  });
}

function includes(outer: NamedTarget, inner: NamedTarget): boolean {
  if (outer.server !== inner.server || inner.kind === "server") return false;
  if (outer.kind === "server") return true;
  return outer.kind === "group" && inner.kind === "process" && outer.group === inner.group;
}
