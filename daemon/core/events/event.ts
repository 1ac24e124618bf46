/** The events that happen, with Supervisor's names; a subscription may also name a supertype (PROCESS_STATE, EVENT). */
export type EventName =
  | `PROCESS_STATE_${"STOPPED" | "EXITED" | "STARTING" | "STOPPING" | "BACKOFF" | "FATAL" | "RUNNING" | "UNKNOWN"}`
  | `PROCESS_COMMUNICATION_${"STDOUT" | "STDERR"}`
  | `PROCESS_LOG_${"STDOUT" | "STDERR"}`
  | "REMOTE_COMMUNICATION"
  | `SUPERVISOR_STATE_CHANGE_${"RUNNING" | "STOPPING"}`
  | `TICK_${"5" | "60" | "3600"}`
  | `PROCESS_GROUP_${"ADDED" | "REMOVED"}`;

/** Something that happened, as event listeners are told of it. */
export type DaemonEvent = { readonly name: EventName; readonly payload: string };

/** Whether a subscription to `type` includes events of that name. */
export function includesEvent(type: string, name: EventName): boolean {
  return type === "EVENT" || type === name || name.startsWith(`${type}_`);
}
