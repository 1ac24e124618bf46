import { signalName } from "../config/signals.ts";
import type { Exit } from "../protocol/event-stream.ts";
import type { In, Process, Spawning, Starting, Stopping } from "./process.ts";
import { also, change, type Effect, info, type Policy, type Step, spawn, stay, warn } from "./transition.ts";

const SIGKILL = 9;

/** A program that keeps dying within a second is restarted at once this often, then once a second, as Supervisor would. */
const QUICK_RUNS_ALLOWED = 30;
const QUICK_RUN_MS = 1000;

/** A try that did not stay up for `startsecs`, or did not come up at all. */
export function failedToStart(
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

/** Between two tries of what the system has no room for at present. */
const SHORTAGE_PAUSE_MS = 1000;

/** A try that the system, not the program, is to blame for: it does not count, and is repeated until it works. */
export function postponed(process: Spawning, policy: Policy, now: number, reason: string): Step {
  const failures = Math.min(process.failures, policy.startretries);
  const told: Effect = { type: "log", level: "debug", message: `spawnerr: ${reason}` };
  const waiting = { state: "BACKOFF", failures, retryAt: now + SHORTAGE_PAUSE_MS } as const;
  return also([{ type: "spawn-error", reason }], change(process, waiting, [told]));
}

/** After the last try nobody starts it but a user. */
export function giveUp(process: In<"BACKOFF">, policy: Policy): Step {
  return change(process, { state: "FATAL" }, [
    info(`gave up: ${policy.name} entered FATAL state, too many start retries too quickly`),
  ]);
}

/** A program that ran ends by itself, and perhaps starts again. */
export function exit(process: Process, how: Exit, policy: Policy, now: number): Step {
  if (process.state !== "RUNNING") return stay(process);
  const expected = isExpected(how, policy);
  const reason = expected ? null : describeBad(how);
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

/** Asks a program to stop. */
export function stop(process: Starting | In<"RUNNING">, policy: Policy, now: number): Step {
  return change(
    process,
    stopping(process, policy, now),
    signal(process.pid, policy.stopsignal, policy.stopasgroup, policy),
  );
}

/** Kills a program, and all that it started, without asking. */
export function forceStop(process: Starting | In<"RUNNING">, policy: Policy, now: number): Step {
  const asked = stopping(process, policy, now);
  return also([], change(process, asked), () => forceKill(asked, policy, now));
}

function stopping(process: Starting | In<"RUNNING">, policy: Policy, now: number): Stopping {
  const { pid, startedAt, quickRuns } = process;
  const killAt = now + policy.stopwaitsecs * 1000;
  return { state: "STOPPING", phase: "program", pid, startedAt, quickRuns, killAt, killed: "no" };
}

/** A program that does not stop is made to. */
export function kill(process: Stopping, policy: Policy, now: number): Step {
  const killAt = now + policy.stopwaitsecs * 1000;
  const killed = process.killed === "tree" ? "tree" : "program";
  return { next: { ...process, killAt, killed }, effects: killEffects(process.pid, policy) };
}

/** A program that does not stop is made to, and all that it started at once with it. */
export function forceKill(process: Stopping, policy: Policy, now: number): Step {
  const killAt = now + policy.stopwaitsecs * 1000;
  const tree: readonly Effect[] = policy.stopTree ? [{ type: "kill-tree" }] : [];
  return {
    next: { ...process, killAt, killed: "tree" },
    effects: [...killEffects(process.pid, policy), ...tree],
  };
}

function killEffects(pid: number, policy: Policy): Effect[] {
  return [
    warn(`killing '${policy.name}' (${pid}) with SIGKILL`),
    ...signal(pid, SIGKILL, policy.killasgroup, policy),
  ];
}

/** A program that was asked to stop has ended. */
export function stopped(process: Process, how: Exit | null, policy: Policy): Step {
  const words = `stopped: ${policy.name} (${how === null ? "it was not up" : describeExit(how)})`;
  return change(process, { state: "STOPPED" }, [ending(words, how === null || isExpected(how, policy))]);
}

function signal(pid: number, number: number, group: boolean, policy: Policy): Effect[] {
  const what = group ? "process group " : "";
  return [
    // What has left its session is known as its child only while it lives.
    ...(policy.stopTree ? [{ type: "note-tree" } as const] : []),
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

/** As Supervisor, for which a signal is -1; what it does not know is an end that nobody saw. */
function describeBad(exit: Exit): string {
  if (exit.kind === "unknown") return "Exit status unknown: no daemon saw the program end";
  return `Bad exit code ${exit.kind === "code" ? exit.code : -1}`;
}

/** How a run ended, in Supervisor's words. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case "code":
      return `exit status ${exit.code}`;
    case "signal":
      return `terminated by ${exit.signal}`;
    case "unknown":
      return "exit status unknown";
  }
}

function ending(message: string, expected: boolean): Effect {
  return expected ? info(message) : warn(message);
}
