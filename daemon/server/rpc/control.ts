import type { LentVariables } from "../../core/lent-variables.ts";
import type { ActivityLog } from "../../io/activity-log.ts";
import { resolveCommand } from "../../io/command.ts";
import { pathOf } from "../../io/env-files.ts";
import { signalNumber } from "../../io/signal-number.ts";
import { fault } from "../../protocol/faults.ts";
import { makeNamespec } from "../../protocol/names.ts";
import { RUNNING_STATES, STOPPED_STATES, type StateName } from "../../protocol/states.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";

export const isUp = (runner: ProcessRunner): boolean => RUNNING_STATES.has(runner.state);

/** Whether there is something to stop: Supervisor's running states, what waits to be started again, and leftovers. */
export const isStoppable = (runner: ProcessRunner): boolean =>
  isUp(runner) || runner.awaitsRestart || (runner.hasLeftovers && STOPPED_STATES.has(runner.state));

/** Whether there is something to kill: what can be stopped, and what is being stopped. */
export const isForceStoppable = (runner: ProcessRunner): boolean =>
  isStoppable(runner) || runner.state === "STOPPING";

/** States in which a signal can be sent (Supervisor's SIGNALLABLE_STATES). */
export const isSignallable = (runner: ProcessRunner): boolean =>
  (["RUNNING", "STARTING", "STOPPING"] as readonly StateName[]).includes(runner.state);

export const namespecOf = (runner: ProcessRunner): string => makeNamespec(runner.group, runner.settings.name);

/** Starts a process, and with `wait` sees it RUNNING; done at once where there is nothing to wait for. Faults as Supervisor's startProcess. */
export function start(
  runner: ProcessRunner,
  wait: boolean,
  name = namespecOf(runner),
  lent: LentVariables = {},
): void | Promise<void> {
  const { settings } = runner;
  const command = resolveCommand(settings.command, pathOf(settings));
  if (!command.ok) throw fault(command.fault, command.reason);
  if (isUp(runner)) throw fault("ALREADY_STARTED", name);
  if (runner.state === "UNKNOWN") throw fault("FAILED", `${name} is in an unknown process state`);
  // Supervisor calls this an abnormal termination; waiting for the end is what was meant.
  if (runner.state === "STOPPING") return startAfterStop(runner, wait, name, lent);
  runner.start(lent);
  if (wait && runner.state === "STARTING") return started(runner, name);
  requireStarted(runner, name);
}

async function startAfterStop(
  runner: ProcessRunner,
  wait: boolean,
  name: string,
  lent: LentVariables,
): Promise<void> {
  await runner.until((state) => state !== "STOPPING");
  if (!isUp(runner)) runner.start(lent);
  await (wait ? started(runner, name) : requireStarted(runner, name));
}

async function started(runner: ProcessRunner, name: string): Promise<void> {
  await runner.until((state) => state !== "STARTING");
  requireStarted(runner, name);
}

function requireStarted({ state, last }: ProcessRunner, name: string): void {
  if (state === "RUNNING" || state === "STARTING") return;
  throw last.spawnError === null ? fault("ABNORMAL_TERMINATION", name) : fault("SPAWN_ERROR", name);
}

/** How often a process that takes long to stop is named in the log, in milliseconds. */
const REPORT_MS = 2000;

/** Stops a process, and with `wait` sees it down. */
export function stop(
  log: ActivityLog,
  runner: ProcessRunner,
  wait: boolean,
  name = namespecOf(runner),
): void | Promise<void> {
  if (!isStoppable(runner)) throw fault("NOT_RUNNING", name);
  runner.give({ type: "stop" });
  if (wait && !STOPPED_STATES.has(runner.state)) return stopped(log, runner);
}

/** Kills a process and all that it started, and with `wait` sees it down. */
export function forceStop(
  log: ActivityLog,
  runner: ProcessRunner,
  wait: boolean,
  name = namespecOf(runner),
): void | Promise<void> {
  if (!isForceStoppable(runner)) throw fault("NOT_RUNNING", name);
  runner.give({ type: "force-stop" });
  if (wait && !STOPPED_STATES.has(runner.state)) return stopped(log, runner);
}

async function stopped(log: ActivityLog, runner: ProcessRunner): Promise<void> {
  const report = () => log.write("info", `waiting for ${runner.settings.name} to stop`);
  report();
  const timer = setInterval(report, REPORT_MS);
  await runner.until((state) => STOPPED_STATES.has(state));
  clearInterval(timer);
  const { abandoned } = runner;
  if (abandoned !== null)
    throw fault(
      "FAILED",
      `${namespecOf(runner)} is stopped, but what it left behind cannot be: ${abandoned}`,
    );
}

/** Sends a signal by name (`HUP`, `SIGHUP`) or number. */
export function signal(runner: ProcessRunner, wanted: string, name = namespecOf(runner)): void {
  const number = signalNumber(wanted);
  if (number === null) throw fault("BAD_SIGNAL", wanted);
  if (!isSignallable(runner)) throw fault("NOT_RUNNING", name);
  const failure = runner.signal(number);
  if (failure !== null) throw fault("FAILED", failure);
}
