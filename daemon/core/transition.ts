import type { ProcessSettings } from "../config/configuration.ts";
import type { StateName } from "../protocol/states.ts";
import type { Process } from "./process.ts";
import type { Survivor } from "./sweep.ts";

/** What a step asks the shell to do, in this order. */
export type Effect =
  | { readonly type: "changed"; readonly from: StateName; readonly to: Process }
  | { readonly type: "spawn" }
  | { readonly type: "signal"; readonly pid: number; readonly signal: number; readonly group: boolean }
  | {
      readonly type: "log";
      readonly level: "critical" | "warn" | "info" | "debug";
      readonly message: string;
    }
  /** Takes note of all that descends from the program, as long as it lives. */
  | { readonly type: "note-tree" }
  /** Kills what was taken note of. */
  | { readonly type: "kill-tree" }
  /** Looks for what the program that ended left behind; the answer is the input `found`. */
  | { readonly type: "look" }
  | { readonly type: "signal-survivor"; readonly survivor: Survivor; readonly signal: number }
  /** What is left behind is something else now, and clients want to know. */
  | { readonly type: "leftovers" }
  /** What `spawnerr` says from now on. */
  | { readonly type: "spawn-error"; readonly reason: string | null };

/** The process after an input, and what the shell has to do for it. */
export type Step = { readonly next: Process; readonly effects: readonly Effect[] };

/** The settings that decide transitions. */
export type Policy = Pick<
  ProcessSettings,
  | "name"
  | "startsecs"
  | "startretries"
  | "autorestart"
  | "exitcodes"
  | "stopsignal"
  | "stopwaitsecs"
  | "stopasgroup"
  | "killasgroup"
  | "stopTree"
>;

/** A line of information for the activity log. */
export function info(message: string): Effect {
  return { type: "log", level: "info", message };
}

/** A warning for the activity log. */
export function warn(message: string): Effect {
  return { type: "log", level: "warn", message };
}

/** Nothing changes that anybody has to know. */
export function stay(process: Process): Step {
  return { next: process, effects: [] };
}

/** Another state, told before the effects. */
export function change(from: Process, to: Process, effects: readonly Effect[] = []): Step {
  return { next: to, effects: [{ type: "changed", from: from.state, to }, ...effects] };
}

/** A new run begins. */
export function spawn(process: Process, failures: number, quickRuns: number): Step {
  return change(process, { state: "STARTING", phase: "spawning", failures, quickRuns }, [
    { type: "spawn-error", reason: null },
    { type: "spawn" },
  ]);
}

/** A step with effects before it and, if given, a second step after it. */
export function also(before: readonly Effect[], first: Step, then?: (next: Process) => Step): Step {
  const second = then?.(first.next);
  return {
    next: second?.next ?? first.next,
    effects: [...before, ...first.effects, ...(second?.effects ?? [])],
  };
}
