import { setImmediate as nextRound } from "node:timers/promises";
import { FAULT_CODES, Fault, fault } from "../../protocol/faults.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";
import type { Daemon } from "../daemon.ts";
import { argument } from "./argument.ts";
import { callMethod, type Method, type MethodTable } from "./method.ts";
import { pythonText } from "./python-text.ts";

/** `system.*`: methods about methods. `table` is the one that they themselves are part of. */
export function systemMethods(table: () => MethodTable): Readonly<Record<string, Method>> {
  const find = (args: readonly XmlRpcValue[]): Method => {
    const method = table().get(pythonText(args[0] ?? null));
    if (method === undefined) throw fault("SIGNATURE_UNSUPPORTED");
    return method;
  };
  return {
    listMethods: {
      help: "The names of all methods that Supervisor has.",
      result: "array",
      params: [],
      run: () => [...table().keys()].filter((name) => !isOwn(name)).sort(),
    },
    methodHelp: {
      help: "What a method does.",
      result: "string",
      params: [{ name: "name", type: "string" }],
      run: (_, args) => find(args).help,
    },
    methodSignature: {
      help: "The types of a method: of its result, then of its parameters.",
      result: "array",
      params: [{ name: "name", type: "string" }],
      run: (_, args) => {
        const method = find(args);
        return [method.result, ...method.params.map((parameter) => parameter.type)];
      },
    },
    multicall: {
      help: "Runs several calls in order; of each the result in an array, or a struct that tells the fault.",
      result: "array",
      params: [{ name: "calls", type: "array" }],
      run: (daemon, args) => callMany(table(), daemon, argument(args, 0, "array")),
    },
  };
}

/** Methods beyond Supervisor's have a namespace of their own; its clients need not know of them. */
function isOwn(name: string): boolean {
  return name.startsWith("supervisord.");
}

/** Calls that one multicall may hold, and how long its answer may get (about, in characters). */
const MOST_CALLS = 2000;
const LONGEST_ANSWER = 32 * 1024 * 1024;

async function callMany(
  table: MethodTable,
  daemon: Daemon,
  calls: readonly XmlRpcValue[],
): Promise<readonly XmlRpcValue[]> {
  if (calls.length > MOST_CALLS)
    throw fault(
      "INCORRECT_PARAMETERS",
      `a multicall may hold ${MOST_CALLS} calls, this one has ${calls.length}`,
    );
  const results: XmlRpcValue[] = [];
  let length = 0;
  for (const call of calls) {
    if (length > LONGEST_ANSWER)
      throw fault("FAILED", "the answer of this multicall gets too long; ask in parts");
    const result = await callOne(table, daemon, call);
    length += lengthOf(result);
    results.push(result);
    // Processes are looked after in between.
    await nextRound();
  }
  return results;
}

/** About as many characters as a value takes in an answer. */
function lengthOf(value: XmlRpcValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 16;
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + 48 + lengthOf(member), 0);
}

async function callOne(table: MethodTable, daemon: Daemon, call: XmlRpcValue): Promise<XmlRpcValue> {
  try {
    const { method, params } = readCall(call);
    if (method === "system.multicall") {
      throw fault("INCORRECT_PARAMETERS", "Recursive system.multicall forbidden");
    }
    return await callMethod(table, daemon, method, params);
  } catch (error) {
    if (error instanceof Fault) return { faultCode: error.code, faultString: error.text };
    return { faultCode: FAULT_CODES.FAILED, faultString: `FAILED: ${String(error)}` };
  }
}

function readCall(call: XmlRpcValue): { method: string; params: readonly XmlRpcValue[] } {
  const isStruct = typeof call === "object" && call !== null && !Array.isArray(call);
  const method = isStruct ? Reflect.get(call, "methodName") : undefined;
  if (typeof method !== "string") throw fault("INCORRECT_PARAMETERS", "No methodName");
  const params: unknown = isStruct ? Reflect.get(call, "params") : undefined;
  return { method, params: Array.isArray(params) ? params : [] };
}
