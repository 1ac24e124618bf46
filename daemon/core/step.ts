import type { Exit } from "../protocol/event-stream.ts";
import {
  describeExit,
  exit,
  failedToStart,
  forceKill,
  forceStop,
  giveUp,
  kill,
  postponed,
  stop,
  stopped,
} from "./endings.ts";
import type { In, Process, Spawning, Starting, Stopping, StoppingLeftovers } from "./process.ts";
import { also, change, info, type Policy, type Step, spawn, stay, warn } from "./transition.ts";

/** What happens to a process. */
export type Input =
  /** Somebody, or the daemon's own start, wants it up. */
  | { readonly type: "start" }
  /** Somebody wants it down. */
  | { readonly type: "stop" }
  /** The daemon goes down: like `stop`, but a process in BACKOFF is given up. */
  | { readonly type: "shutdown" }
  /** Somebody has no patience: like `stop`, but with SIGKILL, and also where it is being stopped already. */
  | { readonly type: "force-stop" }
  | { readonly type: "spawned"; readonly pid: number }
  /** `isShortage`: for want of something that the system gives, such as descriptors; it may have some later. */
  | { readonly type: "spawn-failed"; readonly reason: string; readonly isShortage: boolean }
  | { readonly type: "exited"; readonly exit: Exit }
  /** A signal that a transition asked for could not be sent, and the process is not gone. */
  | { readonly type: "signal-failed"; readonly reason: string }
  /** Nothing of the last run is left, or nothing that could be stopped. */
  | { readonly type: "swept" }
  /** The instant that `wakeAt` named has come. */
  | { readonly type: "wake" };

/** The process after an input, and what the shell has to do for it. An input that makes no sense in a state changes nothing. */
export function step(process: Process, input: Input, policy: Policy, now: number): Step {
  switch (process.state) {
    case "STOPPED":
    case "FATAL":
      return input.type === "start" ? spawn(process, 0, 0) : stay(process);
    case "EXITED":
      return stepExited(process, input, now);
    case "BACKOFF":
      return stepBackoff(process, input, policy, now);
    case "STARTING":
      return process.phase === "spawning"
        ? stepSpawning(process, input, policy, now)
        : stepStarting(process, input, policy, now);
    case "RUNNING":
      return stepRunning(process, input, policy, now);
    case "STOPPING":
      return process.phase === "program"
        ? stepStopping(process, input, policy, now)
        : stepLeftovers(process, input, policy);
    case "UNKNOWN":
      return input.type === "exited" ? change(process, { state: "STOPPED" }) : stay(process);
  }
}

function stepExited(process: In<"EXITED">, input: Input, now: number): Step {
  const { restart } = process;
  switch (input.type) {
    case "start":
      return spawn(process, 0, restart?.quickRuns ?? 0);
    case "wake":
      return restart !== null && now >= restart.at ? spawn(process, 0, restart.quickRuns) : stay(process);
    case "stop":
    case "shutdown":
    case "force-stop":
      // Only one that waits for its restart has something to stop; the others keep their story.
      return restart === null ? stay(process) : change(process, { state: "STOPPED" });
    case "spawned":
    case "spawn-failed":
    case "exited":
    case "signal-failed":
    case "swept":
      return stay(process);
  }
}

function stepBackoff(process: In<"BACKOFF">, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "start":
      return spawn(process, process.failures, 0);
    case "wake":
      if (now < process.retryAt) return stay(process);
      return process.failures > policy.startretries
        ? giveUp(process, policy)
        : spawn(process, process.failures, 0);
    case "stop":
    case "force-stop":
      return change(process, { state: "STOPPED" }, [
        {
          type: "log",
          level: "debug",
          message: `Attempted to kill ${policy.name}, which is in BACKOFF state.`,
        },
      ]);
    case "shutdown":
      return change(process, { state: "FATAL" });
    case "spawned":
    case "spawn-failed":
    case "exited":
    case "signal-failed":
    case "swept":
      return stay(process);
  }
}

function stepSpawning(process: Spawning, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "spawned": {
      const { pid } = input;
      const spawned = info(`spawned: '${policy.name}' with pid ${pid}`);
      const { failures, quickRuns } = process;
      const up = { state: "STARTING", phase: "up", pid, startedAt: now, failures, quickRuns } as const;
      // Even with startsecs=0 it runs only in a later turn: as in Supervisor, what starts together is all STARTING first.
      return { next: { ...up, upAt: now + policy.startsecs * 1000 }, effects: [spawned] };
    }
    case "spawn-failed":
      if (input.isShortage) return postponed(process, policy, now, input.reason);
      return failedToStart(process, policy, now, {
        reason: input.reason,
        told: info(`spawnerr: ${input.reason}`),
      });
    case "swept":
      // It waited for that.
      return { next: process, effects: [{ type: "spawn" }] };
    case "start":
    case "stop":
    case "shutdown":
    case "force-stop":
    case "exited":
    case "signal-failed":
    case "wake":
      return stay(process);
  }
}

function stepStarting(process: Starting, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "wake":
      return now >= process.upAt ? enterRunning(process, policy) : stay(process);
    case "stop":
    case "shutdown":
      return stop(process, policy, now);
    case "force-stop":
      return forceStop(process, policy, now);
    case "exited":
      if (now >= process.upAt)
        return also([], enterRunning(process, policy), (up) => exit(up, input.exit, policy, now));
      return failedToStart(process, policy, now, {
        reason: "Exited too quickly (process log may have details)",
        told: warn(`exited: ${policy.name} (${describeExit(input.exit)}; not expected)`),
      });
    case "start":
    case "spawned":
    case "spawn-failed":
    case "signal-failed":
    case "swept":
      return stay(process);
  }
}

function stepRunning(process: In<"RUNNING">, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "stop":
    case "shutdown":
      return stop(process, policy, now);
    case "force-stop":
      return forceStop(process, policy, now);
    case "exited":
      return exit(process, input.exit, policy, now);
    case "start":
    case "spawned":
    case "spawn-failed":
    case "signal-failed":
    case "swept":
    case "wake":
      return stay(process);
  }
}

function stepStopping(process: Stopping, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "wake":
      return now >= process.killAt ? kill(process, policy, now) : stay(process);
    case "force-stop":
      return forceKill(process, policy, now);
    case "exited":
      return policy.stopTree
        ? stay({ state: "STOPPING", phase: "leftovers", exit: input.exit })
        : stopped(process, input.exit, policy);
    case "signal-failed":
      return change(process, { state: "UNKNOWN", pid: process.pid }, [
        {
          type: "log",
          level: "critical",
          message: `unknown problem killing ${policy.name} (${process.pid}): ${input.reason}`,
        },
      ]);
    case "start":
    case "stop":
    case "shutdown":
    case "spawned":
    case "spawn-failed":
    case "swept":
      return stay(process);
  }
}

function stepLeftovers(process: StoppingLeftovers, input: Input, policy: Policy): Step {
  return input.type === "swept" ? stopped(process, process.exit, policy) : stay(process);
}

function enterRunning(process: Starting, policy: Policy): Step {
  const { pid, startedAt, quickRuns } = process;
  return change(process, { state: "RUNNING", pid, startedAt, quickRuns }, [
    info(
      `success: ${policy.name} entered RUNNING state, process has stayed up for > than ${policy.startsecs} seconds (startsecs)`,
    ),
  ]);
}
