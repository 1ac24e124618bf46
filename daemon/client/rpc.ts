import type { EndedRun } from "../protocol/ended-run.ts";
import type { LeftBehind } from "../protocol/event-stream.ts";
import { Fault } from "../protocol/faults.ts";
import type { ConfigPreview } from "../protocol/preview.ts";
import type { ActionResult, ProcessInfo } from "../protocol/process-info.ts";
import { MAX_RESPONSE_BYTES, type XmlRpcValue } from "../xml-rpc/value.ts";
import type { ServerAddress } from "./address.ts";
import { toPreview } from "./preview.ts";
import { request } from "./request.ts";
import {
  type ConfigChanges,
  type ConfigInfo,
  type ConfigOptions,
  toActionResult,
  toConfigChanges,
  toConfigInfo,
  toConfigOptions,
  toEndedRun,
  toLeftBehind,
  toList,
  toNumber,
  toProcessInfo,
  toStruct,
  toText,
} from "./shapes.ts";

/**
 * Supervisor's XML-RPC methods. A refused command rejects with a `Fault`, a server that cannot be reached with a
 * `RequestFailure`. Names are `group:process`, or the process alone where its group has the same name.
 */
export type RpcClient = ReturnType<typeof createRpcClient>;

export type CallOptions = {
  /** Milliseconds until the call is given up; 0 waits for ever. Acts on processes wait for ever by default. */
  readonly timeoutMs?: number;
};

const ANSWER_TIMEOUT_MS = 15_000;

/** A client of the supervisor at `address`, each call on a connection of its own. */
export function createRpcClient(address: ServerAddress) {
  async function call(
    method: string,
    params: readonly XmlRpcValue[] = [],
    { timeoutMs = ANSWER_TIMEOUT_MS }: CallOptions = {},
  ): Promise<XmlRpcValue> {
    const post = { method: "POST", path: "/RPC2", headers: { "content-type": "text/xml" } } as const;
    const limits = { timeoutMs, maxBytes: MAX_RESPONSE_BYTES };
    // Loaded with the first call: it is a quarter of what the editor would load when a window opens.
    const { exchange } = await import("../xml-rpc/exchange.ts");
    const answer = await exchange(method, params, (body) => request(address, { ...post, body }, limits));
    if ("fault" in answer) throw new Fault(answer.fault.code, answer.fault.text);
    return answer.value;
  }
  const ask = (name: string, ...params: XmlRpcValue[]) => call(`supervisor.${name}`, params);
  /** A process takes its `startsecs` or `stopwaitsecs`, however long that is. */
  const act = (name: string, ...params: XmlRpcValue[]) =>
    call(`supervisor.${name}`, params, { timeoutMs: 0 });
  const results = async (name: string, ...params: XmlRpcValue[]): Promise<ActionResult[]> =>
    toList(await act(name, ...params), toActionResult);

  return {
    address,
    call,
    ...questions(ask),
    ...logReaders(ask),

    startProcess: (name: string, wait = true) => act("startProcess", name, wait),
    startProcessGroup: (group: string, wait = true) => results("startProcessGroup", group, wait),
    startAllProcesses: (wait = true) => results("startAllProcesses", wait),
    stopProcess: (name: string, wait = true) => act("stopProcess", name, wait),
    stopProcessGroup: (group: string, wait = true) => results("stopProcessGroup", group, wait),
    stopAllProcesses: (wait = true) => results("stopAllProcesses", wait),
    signalProcess: (name: string, signal: string) => act("signalProcess", name, signal),
    signalProcessGroup: (group: string, signal: string) => results("signalProcessGroup", group, signal),
    signalAllProcesses: (signal: string) => results("signalAllProcesses", signal),
    sendProcessStdin: (name: string, chars: string) => ask("sendProcessStdin", name, chars),
    clearProcessLogs: (name: string) => ask("clearProcessLogs", name),
    clearAllProcessLogs: () => results("clearAllProcessLogs"),

    reloadConfig: async (): Promise<ConfigChanges> => toConfigChanges(await act("reloadConfig")),
    addProcessGroup: (group: string) => ask("addProcessGroup", group),
    removeProcessGroup: (group: string) => ask("removeProcessGroup", group),
    shutdown: () => ask("shutdown"),
    restart: () => ask("restart"),
    ...ownMethods(call),
  };
}

type Call = (method: string, params?: readonly XmlRpcValue[], options?: CallOptions) => Promise<XmlRpcValue>;

/** What only a daemon of this package can do; another one refuses with UNKNOWN_METHOD. */
function ownMethods(call: Call) {
  return {
    reloadKeep: () => call("supervisord.reloadKeep"),
    handOver: () => call("supervisord.handOver"),
    previewConfig: async (): Promise<ConfigPreview> => toPreview(await call("supervisord.previewConfig")),
    getEndedRuns: async (name: string): Promise<EndedRun[]> =>
      toList(await call("supervisord.getEndedRuns", [name]), toEndedRun),
    getLeftovers: async (): Promise<LeftBehind[]> =>
      toList(await call("supervisord.getLeftovers"), toLeftBehind),
    /** Resolves when the process runs; the variables are lent to this one run. */
    startProcessWith: (name: string, environment: Readonly<Record<string, string>>, wait = true) =>
      call("supervisord.startProcessWith", [name, environment, wait], { timeoutMs: 0 }),
    stopLeftover: (pid: number) => call("supervisord.stopLeftover", [pid], { timeoutMs: 0 }),
  };
}

type Ask = (name: string, ...params: XmlRpcValue[]) => Promise<XmlRpcValue>;

function questions(ask: Ask) {
  return {
    getAPIVersion: async (): Promise<string> => toText(await ask("getAPIVersion")),
    getSupervisorVersion: async (): Promise<string> => toText(await ask("getSupervisorVersion")),
    getIdentification: async (): Promise<string> => toText(await ask("getIdentification")),
    getPID: async (): Promise<number> => toNumber(await ask("getPID")),
    getState: async (): Promise<{ statecode: number; statename: string }> => {
      const { statecode = null, statename = null } = toStruct(await ask("getState"));
      return { statecode: toNumber(statecode), statename: toText(statename) };
    },
    getProcessInfo: async (name: string): Promise<ProcessInfo> =>
      toProcessInfo(await ask("getProcessInfo", name)),
    getAllProcessInfo: async (): Promise<ProcessInfo[]> =>
      toList(await ask("getAllProcessInfo"), toProcessInfo),
    getAllConfigOptions: async (): Promise<ConfigOptions[]> =>
      toList(await ask("getAllConfigInfo"), toConfigOptions),
    getAllConfigInfo: async (): Promise<ConfigInfo[]> => toList(await ask("getAllConfigInfo"), toConfigInfo),
  };
}

/** A negative `offset` with `length` 0 reads that many bytes from the end. */
function logReaders(ask: Ask) {
  return {
    readLog: async (offset: number, length: number): Promise<string> =>
      toText(await ask("readLog", offset, length)),
    readProcessStdoutLog: async (name: string, offset: number, length: number): Promise<string> =>
      toText(await ask("readProcessStdoutLog", name, offset, length)),
    readProcessStderrLog: async (name: string, offset: number, length: number): Promise<string> =>
      toText(await ask("readProcessStderrLog", name, offset, length)),
  };
}
