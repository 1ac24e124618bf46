/** The eight states of a process, with Supervisor's names. */
export type StateName =
  | "STOPPED"
  | "STARTING"
  | "RUNNING"
  | "BACKOFF"
  | "STOPPING"
  | "EXITED"
  | "FATAL"
  | "UNKNOWN";

/** Supervisor's numbers for the states, as `getProcessInfo` reports them. */
export const STATE_CODES: Readonly<Record<StateName, number>> = {
  STOPPED: 0,
  STARTING: 10,
  RUNNING: 20,
  BACKOFF: 30,
  STOPPING: 40,
  EXITED: 100,
  FATAL: 200,
  UNKNOWN: 1000,
};

/** States in which Supervisor calls a process up: `start` is refused, `stop` is allowed. */
export const RUNNING_STATES: ReadonlySet<StateName> = new Set(["RUNNING", "BACKOFF", "STARTING"]);

/** States in which a process is down for good: `stop` is refused. */
export const STOPPED_STATES: ReadonlySet<StateName> = new Set(["STOPPED", "EXITED", "FATAL", "UNKNOWN"]);

/** The state of the daemon itself, with Supervisor's names. */
export type Mood = "FATAL" | "RUNNING" | "RESTARTING" | "SHUTDOWN";

/** Supervisor's numbers for the daemon's state, as `getState` reports them. */
export const MOOD_CODES: Readonly<Record<Mood, number>> = {
  FATAL: 2,
  RUNNING: 1,
  RESTARTING: 0,
  SHUTDOWN: -1,
};
