import { repr } from "../../config/python/repr.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";

/** A value as Python's `str` shows it, which Supervisor puts into the texts of faults. */
export function pythonText(value: XmlRpcValue): string {
  return typeof value === "string" ? value : shown(value);
}

function shown(value: XmlRpcValue): string {
  if (value === null) return "None";
  if (typeof value === "string") return repr(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (isList(value)) return `[${value.map(shown).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${repr(name)}: ${shown(member)}`);
  return `{${members.join(", ")}}`;
}

function isList(value: object): value is readonly XmlRpcValue[] {
  return Array.isArray(value);
}
