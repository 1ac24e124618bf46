import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { RUNNING_STATES, STOPPED_STATES } from "../../daemon/protocol/states.ts";
import { processKey } from "./process-table.ts";
import type { Server } from "./server.ts";
import type { Target } from "./target.ts";

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
  if (state?.kind !== "connected") return [];
  const all = [...state.processes.values()];
  switch (target.kind) {
    case "server":
      return all;
    case "group":
      return all.filter(({ group }) => group === target.group);
    case "process":
      return all.filter((process) => processKey(process) === processKey(target));
  }
}

/** The targets without those that another of them includes, so that a selection acts on each process once. */
export function withoutIncluded(targets: readonly Target[]): Target[] {
  return targets.filter((target) => !targets.some((other) => other !== target && includes(other, target)));
}

function includes(outer: Target, inner: Target): boolean {
  if (outer.server !== inner.server || inner.kind === "server") return false;
  if (outer.kind === "server") return true;
  return outer.kind === "group" && inner.kind === "process" && outer.group === inner.group;
}
