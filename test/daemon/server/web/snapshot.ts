import type { ProcessSnapshot, ServerInfo } from "../../../../daemon/protocol/event-stream.ts";

export const NOW = Date.UTC(2026, 0, 31, 12, 0, 0);

/** A process that never ran, save for what is given. */
export function snapshot(facts: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return {
    group: "web",
    name: "web",
    state: "STOPPED",
    pid: null,
    command: "/bin/true",
    priority: 999,
    startedAt: null,
    stoppedAt: null,
    retryAt: null,
    exit: null,
    spawnError: null,
    expected: false,
    stdoutLogfile: "/tmp/web.log",
    stderrLogfile: "/tmp/web.err",
    leftovers: [],
    outdated: false,
    ...facts,
  };
}

export const SERVER: ServerInfo = {
  identifier: "supervisor",
  version: "4.3.0",
  pid: 7,
  mood: "RUNNING",
  configFile: "/etc/supervisord.conf",
  logfile: "/tmp/supervisord.log",
  startedAt: NOW - 3_723_000,
  configChanged: false,
  digest: "1",
  isForEditor: true,
  faults: [],
  build: "0.1.0",
  leftBehind: [],
};
