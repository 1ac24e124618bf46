import { fault } from "../../protocol/faults.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";
import type { Daemon } from "../daemon.ts";
import type { ParameterType } from "./argument.ts";

/** One parameter of a method; one with a default may be left out. */
export type Parameter = {
  readonly name: string;
  readonly type: ParameterType;
  readonly default?: XmlRpcValue;
};

/** A method of the XML-RPC interface. */
export type Method = {
  readonly help: string;
  readonly result: "string" | "int" | "boolean" | "array" | "struct";
  readonly params: readonly Parameter[];
  /** Whether it is answered while the daemon goes down, too. */
  readonly whileEnding?: true;
  /** Whether only the daemon's own socket has it, which nobody but its user reaches. */
  readonly privately?: true;
  readonly run: (daemon: Daemon, args: readonly XmlRpcValue[]) => XmlRpcValue | Promise<XmlRpcValue>;
};

/** Methods by their full name, as `supervisor.getState`. */
export type MethodTable = ReadonlyMap<string, Method>;

/** Runs a method of the table with the arguments of a call. Throws a fault for a wrong name or number of arguments. */
export async function callMethod(
  table: MethodTable,
  daemon: Daemon,
  name: string,
  args: readonly XmlRpcValue[],
): Promise<XmlRpcValue> {
  const method = table.get(name);
  if (method === undefined) throw fault("UNKNOWN_METHOD");
  const required = method.params.filter((parameter) => parameter.default === undefined).length;
  if (args.length < required || args.length > method.params.length) throw fault("INCORRECT_PARAMETERS");
  // Like Supervisor, which answers nothing but its state once it goes down.
  const isRefused = name.startsWith("supervisor") && method.whileEnding === undefined;
  if (isRefused && daemon.supervisor.mood !== "RUNNING") throw fault("SHUTDOWN_STATE");
  const full = method.params.map((parameter, i) =>
    args[i] === undefined ? (parameter.default ?? null) : args[i],
  );
  return method.run(daemon, full);
}
