import type { Exit } from "../protocol/event-stream.ts";
import type { StateName } from "../protocol/states.ts";

/**
 * One process of a program: each state carries exactly its own facts. All times are monotonic milliseconds.
 * `failures` counts the tries in a row that did not stay up for `startsecs`; `quickRuns` the runs in a row that
 * were shorter than a second though `startsecs` allowed them.
 */
export type Process =
  | { readonly state: "STOPPED" }
  | {
      readonly state: "STARTING";
      readonly phase: "spawning";
      readonly failures: number;
      readonly quickRuns: number;
    }
  | (Alive & {
      readonly state: "STARTING";
      readonly phase: "up";
      readonly failures: number;
      readonly upAt: number;
    })
  | (Alive & { readonly state: "RUNNING" })
  | { readonly state: "BACKOFF"; readonly failures: number; readonly retryAt: number }
  | (Alive & {
      readonly state: "STOPPING";
      readonly phase: "program";
      readonly killAt: number;
      readonly killed: "no" | "program" | "tree";
    })
  /** The program has ended (null: it was not up), but not all that it started. */
  | { readonly state: "STOPPING"; readonly phase: "leftovers"; readonly exit: Exit | null }
  | { readonly state: "EXITED"; readonly expected: boolean; readonly restart: Restart | null }
  | { readonly state: "FATAL" }
  | { readonly state: "UNKNOWN"; readonly pid: number };

type Alive = { readonly pid: number; readonly startedAt: number; readonly quickRuns: number };
type Restart = { readonly at: number; readonly quickRuns: number };

/** A process in one of its states. */
export type In<S extends StateName> = Extract<Process, { state: S }>;
/** A process whose child is about to be spawned. */
export type Spawning = Extract<Process, { phase: "spawning" }>;
/** A process whose child is there, but does not count as started yet. */
export type Starting = Extract<Process, { phase: "up" }>;
/** A process that was asked to stop and whose child is still there. */
export type Stopping = Extract<Process, { phase: "program" }>;
/** A process that is stopped as soon as nothing of its last run is left. */
export type StoppingLeftovers = Extract<Process, { phase: "leftovers" }>;

/** When the process must be given a `wake` though nothing else happens; null for never. */
export function wakeAt(process: Process): number | null {
  switch (process.state) {
    case "STARTING":
      return process.phase === "up" ? process.upAt : null;
    case "BACKOFF":
      return process.retryAt;
    case "STOPPING":
      return process.phase === "program" ? process.killAt : null;
    case "EXITED":
      return process.restart?.at ?? null;
    case "STOPPED":
    case "RUNNING":
    case "FATAL":
    case "UNKNOWN":
      return null;
  }
}

/** The process id, in the states that have one. */
export function pidOf(process: Process): number | null {
  return "pid" in process ? process.pid : null;
}
