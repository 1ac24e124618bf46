import { resolveCommand } from "../../io/command.ts";
import { signalNumber } from "../../io/signal-number.ts";
import { fault } from "../../protocol/faults.ts";
import { makeNamespec } from "../../protocol/names.ts";
import { RUNNING_STATES, STOPPED_STATES, type StateName } from "../../protocol/states.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";

export const isUp = (runner: ProcessRunner): boolean => RUNNING_STATES.has(runner.state);

/** Whether there is something to stop: Supervisor's running states, and what waits to be started again. */
export const isStoppable = (runner: ProcessRunner): boolean => isUp(runner) || runner.awaitsRestart;

/** States in which a signal can be sent (Supervisor's SIGNALLABLE_STATES). */
export const isSignallable = (runner: ProcessRunner): boolean =>
  (["RUNNING", "STARTING", "STOPPING"] as readonly StateName[]).includes(runner.state);

export const namespecOf = (runner: ProcessRunner): string => makeNamespec(runner.group, runner.settings.name);

/** Starts a process, and with `wait` sees it RUNNING. Faults as Supervisor's startProcess. */
export async function start(runner: ProcessRunner, wait: boolean, name = namespecOf(runner)): Promise<void> {
  const { settings } = runner;
  const command = resolveCommand(settings.command, settings.environment.PATH ?? process.env.PATH);
  if (!command.ok) throw fault(command.fault, command.reason);
  if (isUp(runner)) throw fault("ALREADY_STARTED", name);
  if (runner.state === "UNKNOWN") throw fault("FAILED", `${name} is in an unknown process state`);
  // Supervisor fails on an assertion here; waiting for the end is what was meant.
  if (runner.state === "STOPPING") await runner.until((state) => state !== "STOPPING");
  runner.give({ type: "start" });
  const settled = wait ? await runner.until((state) => state !== "STARTING") : runner.state;
  if (settled === "RUNNING" || settled === "STARTING") return;
  throw runner.last.spawnError === null ? fault("ABNORMAL_TERMINATION", name) : fault("SPAWN_ERROR", name);
}

/** Stops a process, and with `wait` sees it down. */
export async function stop(runner: ProcessRunner, wait: boolean, name = namespecOf(runner)): Promise<void> {
  if (!isStoppable(runner)) throw fault("NOT_RUNNING", name);
  runner.give({ type: "stop" });
  if (wait) await runner.until((state) => STOPPED_STATES.has(state));
}

/** Sends a signal by name (`HUP`, `SIGHUP`) or number. */
export function signal(runner: ProcessRunner, wanted: string, name = namespecOf(runner)): void {
  const number = signalNumber(wanted);
  if (number === null) throw fault("BAD_SIGNAL", wanted);
  if (!isSignallable(runner)) throw fault("NOT_RUNNING", name);
  const failure = runner.signal(number);
  if (failure !== null) throw fault("FAILED", failure);
}
