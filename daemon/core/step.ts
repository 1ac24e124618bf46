import type { ProcessSettings } from "../config/configuration.ts";
import { signalName } from "../config/signals.ts";
import type { Exit } from "../protocol/event-stream.ts";
import type { StateName } from "../protocol/states.ts";
import type { Process } from "./process.ts";

/** What happens to a process. */
export type Input =
  /** Somebody, or the daemon's own start, wants it up. */
  | { readonly type: "start" }
  /** Somebody wants it down. */
  | { readonly type: "stop" }
  /** The daemon goes down: like `stop`, but a process in BACKOFF is given up. */
  | { readonly type: "shutdown" }
  | { readonly type: "spawned"; readonly pid: number }
  | { readonly type: "spawn-failed"; readonly reason: string }
  | { readonly type: "exited"; readonly exit: Exit }
  /** A signal that a transition asked for could not be sent, and the process is not gone. */
  | { readonly type: "signal-failed"; readonly reason: string }
  /** The instant that `wakeAt` named has come. */
  | { readonly type: "wake" };

/** What a step asks the shell to do, in this order. */
export type Effect =
  | { readonly type: "changed"; readonly from: StateName; readonly to: Process }
  | { readonly type: "spawn" }
  | { readonly type: "signal"; readonly pid: number; readonly signal: number; readonly group: boolean }
  | { readonly type: "log"; readonly level: "critical" | "warn" | "info" | "debug"; readonly message: string }
  /** What `spawnerr` says from now on. */
  | { readonly type: "spawn-error"; readonly reason: string | null };

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
>;

const SIGKILL = 9;

/** A program that keeps dying within a second is restarted at once this often, then once a second, as Supervisor would. */
const QUICK_RUNS_ALLOWED = 30;
const QUICK_RUN_MS = 1000;

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
      return stepStopping(process, input, policy, now);
    case "UNKNOWN":
      return input.type === "exited" ? change(process, { state: "STOPPED" }) : stay(process);
  }
}

type In<S extends StateName> = Extract<Process, { state: S }>;
type Spawning = Extract<Process, { phase: "spawning" }>;
type Starting = Extract<Process, { phase: "up" }>;

function stepExited(process: In<"EXITED">, input: Input, now: number): Step {
  const { restart } = process;
  switch (input.type) {
    case "start":
      return spawn(process, 0, restart?.quickRuns ?? 0);
    case "wake":
      return restart !== null && now >= restart.at ? spawn(process, 0, restart.quickRuns) : stay(process);
    case "stop":
    case "shutdown":
      // Only one that waits for its restart has something to stop; the others keep their story.
      return restart === null ? stay(process) : change(process, { state: "STOPPED" });
    case "spawned":
    case "spawn-failed":
    case "exited":
    case "signal-failed":
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
      return failedToStart(process, policy, now, {
        reason: input.reason,
        told: info(`spawnerr: ${input.reason}`),
      });
    case "start":
    case "stop":
    case "shutdown":
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
      return stay(process);
  }
}

function stepRunning(process: In<"RUNNING">, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "stop":
    case "shutdown":
      return stop(process, policy, now);
    case "exited":
      return exit(process, input.exit, policy, now);
    case "start":
    case "spawned":
    case "spawn-failed":
    case "signal-failed":
    case "wake":
      return stay(process);
  }
}

function stepStopping(process: In<"STOPPING">, input: Input, policy: Policy, now: number): Step {
  switch (input.type) {
    case "wake":
      return now >= process.killAt ? kill(process, policy, now) : stay(process);
    case "exited":
      return change(process, { state: "STOPPED" }, [
        ending(`stopped: ${policy.name} (${describeExit(input.exit)})`, isExpected(input.exit, policy)),
      ]);
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
      return stay(process);
  }
}

function spawn(process: Process, failures: number, quickRuns: number): Step {
  return change(process, { state: "STARTING", phase: "spawning", failures, quickRuns }, [
    { type: "spawn-error", reason: null },
    { type: "spawn" },
  ]);
}

function enterRunning(process: Starting, policy: Policy): Step {
  const { pid, startedAt, quickRuns } = process;
  return change(process, { state: "RUNNING", pid, startedAt, quickRuns }, [
    info(
      `success: ${policy.name} entered RUNNING state, process has stayed up for > than ${policy.startsecs} seconds (startsecs)`,
    ),
  ]);
}

function failedToStart(
  process: Spawning | Starting,
  policy: Policy,
  now: number,
  why: { readonly reason: string; readonly told: Effect },
): Step {
  const failures = process.failures + 1;
  // Supervisor waits one second longer after each failure, and gives up in a turn of its own.
  const pause = failures > policy.startretries ? 0 : failures * 1000;
  const told: Effect[] = [{ type: "spawn-error", reason: why.reason }];
  return also(told, change(process, { state: "BACKOFF", failures, retryAt: now + pause }, [why.told]));
}

function giveUp(process: In<"BACKOFF">, policy: Policy): Step {
  return change(process, { state: "FATAL" }, [
    info(`gave up: ${policy.name} entered FATAL state, too many start retries too quickly`),
  ]);
}

function exit(process: Process, how: Exit, policy: Policy, now: number): Step {
  if (process.state !== "RUNNING") return stay(process);
  const expected = isExpected(how, policy);
  const reason = expected ? null : `Bad exit code ${how.kind === "code" ? how.code : -1}`;
  const restarts = policy.autorestart === true || (policy.autorestart === "unexpected" && !expected);
  const quickRuns = now - process.startedAt < QUICK_RUN_MS ? process.quickRuns + 1 : 0;
  const pause = quickRuns > QUICK_RUNS_ALLOWED ? QUICK_RUN_MS : 0;
  const restart = restarts ? { at: now + pause, quickRuns } : null;
  const words = `exited: ${policy.name} (${describeExit(how)}; ${expected ? "expected" : "not expected"})`;
  const told: Effect[] = [{ type: "spawn-error", reason }];
  const exited = change(process, { state: "EXITED", expected, restart }, [ending(words, expected)]);
  if (restart === null || pause > 0) return also(told, exited);
  return also(told, exited, (gone) => spawn(gone, 0, quickRuns));
}

function stop(process: Starting | In<"RUNNING">, policy: Policy, now: number): Step {
  const { pid, startedAt, quickRuns } = process;
  const killAt = now + policy.stopwaitsecs * 1000;
  return change(
    process,
    { state: "STOPPING", pid, startedAt, quickRuns, killAt, killed: false },
    signal(pid, policy.stopsignal, policy.stopasgroup, policy),
  );
}

function kill(process: In<"STOPPING">, policy: Policy, now: number): Step {
  const killAt = now + policy.stopwaitsecs * 1000;
  const { pid } = process;
  return {
    next: { ...process, killAt, killed: true },
    effects: [
      warn(`killing '${policy.name}' (${pid}) with SIGKILL`),
      ...signal(pid, SIGKILL, policy.killasgroup, policy),
    ],
  };
}

function signal(pid: number, number: number, group: boolean, policy: Policy): Effect[] {
  const what = group ? "process group " : "";
  return [
    {
      type: "log",
      level: "debug",
      message: `killing ${policy.name} (pid ${pid}) ${what}with signal ${signalName(number)}`,
    },
    { type: "signal", pid, signal: number, group },
  ];
}

function isExpected(exit: Exit, { exitcodes }: Policy): boolean {
  return exit.kind === "code" && exitcodes.includes(exit.code);
}

function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case "code":
      return `exit status ${exit.code}`;
    case "signal":
      return `terminated by ${exit.signal}`;
    case "unknown":
      return "exit status unknown";
  }
}

function info(message: string): Effect {
  return { type: "log", level: "info", message };
}

function warn(message: string): Effect {
  return { type: "log", level: "warn", message };
}

function ending(message: string, expected: boolean): Effect {
  return expected ? info(message) : warn(message);
}

function stay(process: Process): Step {
  return { next: process, effects: [] };
}

function change(from: Process, to: Process, effects: readonly Effect[] = []): Step {
  return { next: to, effects: [{ type: "changed", from: from.state, to }, ...effects] };
}

/** A step with effects before it and, if given, a second step after it. */
function also(before: readonly Effect[], first: Step, then?: (next: Process) => Step): Step {
  const second = then?.(first.next);
  return {
    next: second?.next ?? first.next,
    effects: [...before, ...first.effects, ...(second?.effects ?? [])],
  };
}
