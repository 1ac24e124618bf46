import { describeProcess } from "../../core/description.ts";
import type { ProcessInfo } from "../../protocol/process-info.ts";
import { STATE_CODES } from "../../protocol/states.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";

/** A process as `getProcessInfo` reports it. */
export function infoOf(runner: ProcessRunner): ProcessInfo {
  const { last, state, settings } = runner;
  const seconds = (ms: number | null) => (ms === null ? 0 : Math.floor(ms / 1000));
  const facts = {
    name: settings.name,
    group: runner.group,
    start: seconds(last.startedAt),
    stop: seconds(last.stoppedAt),
    now: seconds(Date.now()),
    state: STATE_CODES[state],
    statename: state,
    spawnerr: last.spawnError ?? "",
    exitstatus: last.exitStatus,
    logfile: runner.stdout.logfile ?? "",
    stdout_logfile: runner.stdout.logfile ?? "",
    stderr_logfile: runner.stderr?.logfile ?? "",
    pid: runner.pid ?? 0,
  };
  return { ...facts, description: describeProcess(facts) };
}
