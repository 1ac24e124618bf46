import type { LogChannel } from "../../protocol/event-stream.ts";
import type { StateName } from "../../protocol/states.ts";
import { type Process, pidOf } from "../process.ts";
import type { DaemonEvent } from "./event.ts";
import type { TickPeriod } from "./ticks.ts";

/** A process as events name it. `pid` is that of its present run, or of the one that just ended; 0 for none. */
export type EventSource = { readonly name: string; readonly group: string; readonly pid: number };

/** A process changed its state. */
export function stateEvent(source: EventSource, from: StateName, to: Process): DaemonEvent {
  const facts = [`processname:${source.name}`, `groupname:${source.group}`, `from_state:${from}`];
  return { name: `PROCESS_STATE_${to.state}`, payload: [...facts, ...stateFacts(source, to)].join(" ") };
}

function stateFacts(source: EventSource, to: Process): string[] {
  switch (to.state) {
    case "STARTING":
    case "BACKOFF":
      return [`tries:${to.failures}`];
    case "EXITED":
      return [`expected:${to.expected ? 1 : 0}`, `pid:${source.pid}`];
    case "RUNNING":
    case "STOPPING":
    case "STOPPED":
      return [`pid:${pidOf(to) ?? source.pid}`];
    case "FATAL":
    case "UNKNOWN":
      return [];
  }
}

/** A process wrote something; only where `*_events_enabled` asks for it. */
export function logEvent(source: EventSource, channel: LogChannel, text: string): DaemonEvent {
  const { name, group, pid } = source;
  return {
    name: channel === "stdout" ? "PROCESS_LOG_STDOUT" : "PROCESS_LOG_STDERR",
    payload: `processname:${name} groupname:${group} pid:${pid} channel:${channel}\n${text}`,
  };
}

/** A process wrote something between the tokens of capture mode. */
export function communicationEvent(source: EventSource, channel: LogChannel, text: string): DaemonEvent {
  const { name, group, pid } = source;
  return {
    name: channel === "stdout" ? "PROCESS_COMMUNICATION_STDOUT" : "PROCESS_COMMUNICATION_STDERR",
    payload: `processname:${name} groupname:${group} pid:${pid}\n${text}`,
  };
}

/** A client sent something by `sendRemoteCommEvent`. */
export function remoteEvent(type: string, data: string): DaemonEvent {
  return { name: "REMOTE_COMMUNICATION", payload: `type:${type}\n${data}` };
}

/** A group was put in force, or forgotten. */
export function groupEvent(change: "ADDED" | "REMOVED", group: string): DaemonEvent {
  return { name: `PROCESS_GROUP_${change}`, payload: `groupname:${group}\n` };
}

/** The daemon is up, or begins to go down. */
export function daemonEvent(change: "RUNNING" | "STOPPING"): DaemonEvent {
  return { name: `SUPERVISOR_STATE_CHANGE_${change}`, payload: "" };
}

/** A slice of `period` seconds began at `when`, in epoch seconds. */
export function tickEvent(period: TickPeriod, when: number): DaemonEvent {
  return { name: `TICK_${period}`, payload: `when:${when}` };
}
