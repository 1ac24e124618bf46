import { parseInteger } from "../../config/python/integer.ts";
import { type Fault, fault } from "../../protocol/faults.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";
import { pythonText } from "./python-text.ts";

/** The types by which Supervisor documents parameters. */
export type ParameterType = "string" | "int" | "boolean" | "array" | "struct";

type TypeOf = {
  string: string;
  int: number;
  boolean: boolean;
  array: readonly XmlRpcValue[];
  struct: { readonly [name: string]: XmlRpcValue };
};

/** The argument at `index`, taken for that type as Python would; refused where it cannot be. */
export function argument<T extends ParameterType>(
  args: readonly XmlRpcValue[],
  index: number,
  type: T,
): TypeOf[T] {
  return READERS[type](args[index] ?? null);
}

/** The name of a group. Supervisor looks numbers up as well, and finds none. */
export function groupName(args: readonly XmlRpcValue[], index: number): string {
  const value = args[index] ?? null;
  if (typeof value === "string") return value;
  throw typeof value === "object" ? wrong() : fault("BAD_NAME", pythonText(value));
}

/** A signal by name or number, as text. */
export function signalName(args: readonly XmlRpcValue[], index: number): string {
  const value = args[index] ?? null;
  return typeof value === "string" ? value : String(toInt(value));
}

const READERS: { readonly [T in ParameterType]: (value: XmlRpcValue) => TypeOf[T] } = {
  string: (value) => {
    if (typeof value !== "string") throw wrong();
    return value;
  },
  int: toInt,
  boolean: isTruthy,
  array: (value) => {
    // To Python an empty text is a sequence as good as an empty list.
    if (value === "") return [];
    if (value === null || typeof value !== "object" || !isList(value)) throw wrong();
    return value;
  },
  struct: (value) => {
    if (value === null || typeof value !== "object" || isList(value)) throw wrong();
    return value;
  },
};

function toInt(value: XmlRpcValue): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  const parsed = typeof value === "string" ? parseInteger(value, 10) : null;
  if (typeof parsed !== "bigint") throw wrong();
  return Number(parsed);
}

function isTruthy(value: XmlRpcValue): boolean {
  if (value === null || typeof value !== "object") return Boolean(value);
  return isList(value) ? value.length > 0 : Object.keys(value).length > 0;
}

function isList(value: object): value is readonly XmlRpcValue[] {
  return Array.isArray(value);
}

function wrong(): Fault {
  return fault("INCORRECT_PARAMETERS");
}
