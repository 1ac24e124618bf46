import type { Exit, ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { ProcessInfo } from "../../daemon/protocol/process-info.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { BAD_CODE } from "./process-row.ts";

/** What only the configuration tells of a process. */
export type Configured = { readonly command: string; readonly process_prio: number };

/** What `getAllProcessInfo` of a server without an event stream says of a process, with what it is configured as. */
export function snapshotOf(info: ProcessInfo, configured: Configured | null = null): ProcessSnapshot {
  return {
    group: info.group,
    name: info.name,
    state: info.statename,
    pid: info.pid === 0 ? null : info.pid,
    command: maskSecrets(configured?.command ?? ""),
    priority: configured?.process_prio ?? 0,
    startedAt: instant(info.start),
    stoppedAt: instant(info.stop),
    retryAt: null,
    exit: exitOf(info),
    spawnError: info.spawnerr === "" ? null : info.spawnerr,
    // It does not say; a code other than 0 is worth a look.
    expected: info.exitstatus === 0,
    stdoutLogfile: info.stdout_logfile === "" ? null : info.stdout_logfile,
    stderrLogfile: info.stderr_logfile === "" ? null : info.stderr_logfile,
    leftovers: [],
    outdated: false,
  };
}

function instant(epochSeconds: number): number | null {
  return epochSeconds === 0 ? null : epochSeconds * 1000;
}

/**
 * Supervisor writes -1 for a process that a signal ended, and does not say which. Of one that ended too soon, or was
 * not even started, it writes 0 and only its `spawnerr` tells something.
 */
function exitOf(info: ProcessInfo): Exit | null {
  const isTold = info.spawnerr === "" || info.spawnerr.startsWith(BAD_CODE);
  if (info.stop === 0 || !isTold) return null;
  return info.exitstatus >= 0 ? { kind: "code", code: info.exitstatus } : { kind: "unknown" };
}
