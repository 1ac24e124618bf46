import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { tableOf } from "../../extension/model/process-table.ts";
import type { Server, ServerState } from "../../extension/model/server.ts";

/** A process that runs since the instant 0, with some facts changed. */
export function aProcess(name: string, facts: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return {
    group: name,
    name,
    state: "RUNNING",
    pid: 12,
    command: `run ${name}`,
    priority: 999,
    startedAt: 0,
    stoppedAt: null,
    retryAt: null,
    exit: null,
    spawnError: null,
    expected: true,
    stdoutLogfile: null,
    stderrLogfile: null,
    leftovers: [],
    outdated: false,
    ...facts,
  };
}

/** A server that is connected, with these processes. */
export function aServer(key: string, processes: readonly ProcessSnapshot[]): Server {
  const state: ServerState = {
    kind: "connected",
    address: "unix:///s",
    info: null,
    processes: tableOf(processes),
  };
  return { key, configFile: `/w/${key}`, state };
}

/** A server in some other state. */
export function aServerThat(key: string, state: ServerState): Server {
  return { key, configFile: `/w/${key}`, state };
}
