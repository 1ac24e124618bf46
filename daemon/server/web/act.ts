import { FAULT_CODES, Fault, type FaultName } from "../../protocol/faults.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";
import type { Daemon } from "../daemon.ts";
import { callMethod } from "../rpc/method.ts";
import { METHODS } from "../rpc/table.ts";
import { visible } from "./visible-text.ts";

/** What came of an action: a status for programs, a sentence for people. */
export type Outcome = { readonly status: 200 | 400 | 404 | 409; readonly message: string };

type Call = (method: string, ...args: readonly XmlRpcValue[]) => Promise<XmlRpcValue>;
type Deed = { readonly done: string; readonly perform: (call: Call, name: string) => Promise<XmlRpcValue> };

/** What is done to one process, or to a group (`group:*`). */
const ON_ONE: Readonly<Record<string, Deed>> = {
  start: { done: "started", perform: (call, name) => call("startProcess", name) },
  stop: { done: "stopped", perform: (call, name) => call("stopProcess", name) },
  restart: { done: "restarted", perform: restart },
  clearlog: { done: "cleared", perform: (call, name) => call("clearProcessLogs", name) },
};

/** What is done to all processes. */
const ON_ALL: Readonly<Record<string, Deed>> = {
  startall: { done: "All started", perform: (call) => call("startAllProcesses") },
  stopall: { done: "All stopped", perform: (call) => call("stopAllProcesses") },
  restartall: {
    done: "All restarted",
    perform: async (call) => {
      await call("stopAllProcesses");
      return call("startAllProcesses");
    },
  },
  clearall: { done: "All logs cleared", perform: (call) => call("clearAllProcessLogs") },
};

/** Does what a button of the page says, worded as Supervisor's page does. */
export async function act(daemon: Daemon, action: string, name: string): Promise<Outcome> {
  const deed = lookUp(ON_ALL, action) ?? lookUp(ON_ONE, action);
  if (deed === undefined) return { status: 400, message: `ERROR: there is no action ${visible(action)}` };
  const call: Call = (method, ...args) => callMethod(METHODS, daemon, `supervisor.${method}`, args);
  try {
    const failed = failures(await deed.perform(call, name));
    const done = lookUp(ON_ALL, action) === undefined ? doneToOne(action, deed, name) : doneToAll(deed);
    if (failed.length === 0) return { status: 200, message: done };
    return { status: 409, message: `${done}, except ${failed.join(", ")}` };
  } catch (error) {
    if (error instanceof Fault) return refusal(error, name);
    throw error;
  }
}

/** Local time as C's ctime prints it. */
export function timeOfDay(at: Date): string {
  const [weekday, month, day, year, time] = at.toString().split(" ");
  return `${weekday} ${month} ${day?.replace(/^0/, " ")} ${time} ${year}`;
}

async function restart(call: Call, name: string): Promise<XmlRpcValue> {
  try {
    await call("stopProcess", name);
  } catch (error) {
    if (!(error instanceof Fault && error.code === FAULT_CODES.NOT_RUNNING)) throw error;
  }
  return call("startProcess", name);
}

function doneToOne(action: string, deed: Deed, name: string): string {
  const shown = visible(name);
  if (action === "clearlog") return `Log for ${shown} cleared`;
  const group = /^(?<group>.*):\*?$/s.exec(shown)?.groups?.group;
  return group === undefined ? `Process ${shown} ${deed.done}` : `Group ${group} ${deed.done}`;
}

function doneToAll(deed: Deed): string {
  return `${deed.done} at ${timeOfDay(new Date())}`;
}

/** Those of an array of results that failed, each with why. */
function failures(results: XmlRpcValue): readonly string[] {
  if (!Array.isArray(results)) return [];
  return results.flatMap((result: XmlRpcValue) => {
    const { name, status } = Object(result);
    return status === FAULT_CODES.SUCCESS ? [] : [`${visible(String(name))} (${faultWords(status)})`];
  });
}

function refusal(fault: Fault, name: string): Outcome {
  const shown = visible(name);
  if (fault.code === FAULT_CODES.BAD_NAME) return { status: 404, message: `No such process named ${shown}` };
  const subject = name === "" ? "" : `Process ${shown}: `;
  return { status: 409, message: `ERROR: ${subject}${faultWords(fault.code)}` };
}

const FAULT_WORDS: Readonly<Partial<Record<FaultName, string>>> = {
  NO_FILE: "no such file",
  NOT_EXECUTABLE: "file not executable",
  ALREADY_STARTED: "already started",
  NOT_RUNNING: "not running",
  SPAWN_ERROR: "spawn error",
  ABNORMAL_TERMINATION: "abnormal termination",
  SHUTDOWN_STATE: "the daemon is shutting down",
};

function faultWords(code: number): string {
  const name = (Object.keys(FAULT_CODES) as FaultName[]).find((fault) => FAULT_CODES[fault] === code);
  return (name && FAULT_WORDS[name]) ?? `fault ${code}`;
}

function lookUp(deeds: Readonly<Record<string, Deed>>, action: string): Deed | undefined {
  return Object.hasOwn(deeds, action) ? deeds[action] : undefined;
}
