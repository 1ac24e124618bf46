import type { ProcessSnapshot, ServerInfo } from "../../daemon/protocol/event-stream.ts";
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
  return { key, configFile: `/w/${key}`, url: null, state };
}

/** What a daemon of ours tells of itself, with some facts changed. */
function anInfo(facts: Partial<ServerInfo> = {}): ServerInfo {
  return {
    identifier: "supervisor",
    version: "4.3.0",
    build: "1.0.0",
    pid: 1,
    mood: "RUNNING",
    configFile: "/w/supervisord.conf",
    logfile: "/w/supervisord.log",
    startedAt: 0,
    configChanged: false,
    digest: "1",
    isForEditor: true,
    faults: [],
    leftBehind: [],
    ...facts,
  };
}

/** A daemon of ours that is connected. */
export function aDaemon(processes: readonly ProcessSnapshot[], facts: Partial<ServerInfo> = {}): Server {
  const state: ServerState = {
    kind: "connected",
    address: "unix:///s",
    info: anInfo(facts),
    processes: tableOf(processes),
  };
  return { key: "s.conf", configFile: "/w/s.conf", url: null, state };
}

/** A server in some other state. */
export function aServerThat(key: string, state: ServerState): Server {
  return { key, configFile: `/w/${key}`, url: null, state };
}
