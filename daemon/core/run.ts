import { type In, type Process, wakeAt as processWakeAt } from "./process.ts";
import { type Input, step } from "./step.ts";
import {
  afterLook,
  afterRefusal,
  hurry,
  lookAgain,
  type Survivor,
  type Sweep,
  type SweepStep,
  survivorsOf,
} from "./sweep.ts";
import { change, type Effect, type Policy } from "./transition.ts";

/** A process together with what its last run left behind; `abandoned` is what could not be stopped the last time. */
export type Run = {
  readonly process: Process;
  readonly sweep: Sweep | null;
  readonly abandoned: readonly Survivor[];
};

/** What happens to a process and its leftovers. */
export type RunInput =
  | Input
  /** What a look found; only after an effect `look`. */
  | { readonly type: "found"; readonly survivors: readonly Survivor[] }
  /** A signal may not be sent to that leftover. */
  | { readonly type: "signal-refused"; readonly pid: number };

export type RunStep = { readonly next: Run; readonly effects: readonly Effect[] };

/** A process that has never run. */
export const IDLE: Run = { process: { state: "STOPPED" }, sweep: null, abandoned: [] };

/**
 * The process after an input, as `step` decides it, but with `stop_tree` two things wait until nothing of the last
 * run is left: that a stopped process is STOPPED, and that a new run begins.
 */
export function stepRun(run: Run, input: RunInput, policy: Policy, now: number): RunStep {
  switch (input.type) {
    case "found":
      return run.sweep === null
        ? { next: run, effects: [] }
        : found(run, afterLook(run.sweep, input.survivors, policy, now), policy, now);
    case "signal-refused":
      return { next: { ...run, sweep: run.sweep && afterRefusal(run.sweep, input.pid) }, effects: [] };
    case "wake":
      return wake(run, policy, now);
    case "exited":
      return exited(run, input, policy, now);
    case "stop":
    case "shutdown":
    case "force-stop":
      return end(run, input, policy, now);
    case "start":
    case "spawned":
    case "spawn-failed":
    case "signal-failed":
    case "swept":
      return stepProcess(run, input, policy, now);
  }
}

/** When the process must be given a `wake` though nothing else happens; null for never. */
export function wakeAt({ process, sweep }: Run): number | null {
  const lookAt = sweep === null || sweep.phase === "looking" ? null : sweep.lookAt;
  const at = processWakeAt(process);
  return lookAt === null || at === null ? (at ?? lookAt) : Math.min(at, lookAt);
}

/** Whether anything that the last run left behind is still waited for. */
export function hasLeftovers({ sweep }: Run): boolean {
  return survivorsOf(sweep).length > 0;
}

function stepProcess(run: Run, input: Input, policy: Policy, now: number): RunStep {
  const { next, effects } = step(run.process, input, policy, now);
  const withheld = run.sweep !== null;
  return {
    next: { ...run, process: next },
    effects: withheld ? effects.filter(({ type }) => type !== "spawn") : effects,
  };
}

function wake(run: Run, policy: Policy, now: number): RunStep {
  if (run.sweep === null) return stepProcess(run, { type: "wake" }, policy, now);
  const { next: sweep, effects } = lookAgain(run.sweep, now);
  const stepped = stepProcess({ ...run, sweep }, { type: "wake" }, policy, now);
  return { next: stepped.next, effects: [...effects, ...stepped.effects] };
}

function exited(run: Run, input: Extract<Input, { type: "exited" }>, policy: Policy, now: number): RunStep {
  const { process } = run;
  if (!policy.stopTree || !("pid" in process)) return stepProcess(run, input, policy, now);
  const isStopping = process.state === "STOPPING";
  const sweep: Sweep = {
    phase: "looking",
    forced: isStopping && process.killed === "tree",
    groupAsked: isStopping && policy.stopasgroup,
  };
  const stepped = stepProcess({ ...run, sweep }, input, policy, now);
  return { next: stepped.next, effects: [...stepped.effects, { type: "look" }] };
}

/** What is down already, or not up yet, goes down together with its leftovers. */
function end(
  run: Run,
  input: Extract<Input, { type: "stop" | "shutdown" | "force-stop" }>,
  policy: Policy,
  now: number,
): RunStep {
  const { next: sweep, effects } =
    run.sweep !== null && input.type === "force-stop" ? hurry(run.sweep) : { next: run.sweep, effects: [] };
  const held = { ...run, sweep };
  const stepped =
    sweep !== null && waitsForLeftovers(held)
      ? stopAfterLeftovers(held, run.process)
      : stepProcess(held, input, policy, now);
  return { next: stepped.next, effects: [...stepped.effects, ...effects] };
}

function waitsForLeftovers(run: Run): boolean {
  switch (run.process.state) {
    case "STARTING":
      return run.process.phase === "spawning";
    case "EXITED":
    case "BACKOFF":
    case "FATAL":
    case "STOPPED":
      return hasLeftovers(run);
    case "RUNNING":
    case "STOPPING":
    case "UNKNOWN":
      return false;
  }
}

function stopAfterLeftovers(run: Run, from: Process): RunStep {
  const to: In<"STOPPING"> = { state: "STOPPING", phase: "leftovers", exit: null };
  const { next, effects } = change(from, to);
  return { next: { ...run, process: next }, effects };
}

function found(
  run: Run,
  { next: sweep, abandoned, effects }: SweepStep,
  policy: Policy,
  now: number,
): RunStep {
  if (sweep !== null) return { next: { ...run, sweep }, effects };
  const swept: Run = { ...run, sweep, abandoned };
  const { next, effects: after } = stepProcess(swept, { type: "swept" }, policy, now);
  // A new state tells it too.
  const isNews = hasLeftovers(run) && next.process.state === run.process.state;
  const isFault = abandoned.length > 0 || run.abandoned.length > 0;
  const told: readonly Effect[] = isNews || isFault ? [{ type: "leftovers" }] : [];
  return { next, effects: [...effects, ...after, ...told] };
}
