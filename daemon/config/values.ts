import type { LogLevel, UserRef } from "./configuration.ts";
import { parseInteger } from "./python/integer.ts";
import { repr } from "./python/repr.ts";
import { strip } from "./python/text.ts";
import { signalNumber, VALID_SIGNALS } from "./signals.ts";

/** A value as Supervisor converts it, or its own words for why it cannot. */
export type Converted<T> = { readonly value: T } | { readonly error: string };

const TRUE_WORDS = ["yes", "true", "on", "1"];
const FALSE_WORDS = ["no", "false", "off", "0"];

/** Supervisor's booleans. */
export function toBoolean(text: string): Converted<boolean> {
  const word = text.toLowerCase();
  if (TRUE_WORDS.includes(word)) return { value: true };
  if (FALSE_WORDS.includes(word)) return { value: false };
  return { error: `not a valid boolean value: ${repr(text)}` };
}

/** A whole number, as Python's `int` takes it. */
export function toInteger(text: string): Converted<bigint> {
  const value = parseInteger(text, 10);
  return typeof value === "bigint" ? { value } : value;
}

/** A number of bytes: a whole number that may end with KB, MB or GB in any case. */
export function toBytes(text: string): Converted<number> {
  const lower = text.toLowerCase();
  const unit = BYTE_UNITS[lower.slice(-2)];
  const number = toInteger(unit === undefined ? lower : lower.slice(0, -2));
  return "error" in number ? number : { value: Number(number.value * BigInt(unit ?? 1)) };
}

const BYTE_UNITS: Readonly<Record<string, number>> = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number in octal digits. */
export function toOctal(text: string): Converted<number> {
  const value = parseInteger(text, 8);
  if (typeof value === "bigint") return { value: Number(value) };
  return { error: `${text} can not be converted to an octal type` };
}

/** A signal by name or Linux number. */
export function toSignal(text: string): Converted<number> {
  const named = signalNumber(strip(text).toUpperCase());
  if (named !== null) return { value: named };
  const number = parseInteger(text, 10);
  if (typeof number !== "bigint") return { error: `value ${repr(text)} is not a valid signal name` };
  if (VALID_SIGNALS.has(Number(number))) return { value: Number(number) };
  return { error: `value ${repr(text)} is not a valid signal number` };
}

/** Exit codes with commas between them; an empty text is none. */
export function toExitCodes(text: string): Converted<readonly number[]> {
  const codes = text === "" ? [] : text.split(",").map((part) => parseInteger(part, 10));
  const good = codes.filter((code) => typeof code === "bigint" && code >= 0n && code <= 255n);
  if (good.length === codes.length) return { value: good.map(Number) };
  return { error: `not a valid list of exit codes: ${repr(text)}` };
}

/** When to restart: always, never, or after an unexpected exit. */
export function toAutorestart(text: string): Converted<boolean | "unexpected"> {
  const word = text.toLowerCase();
  if (word === "unexpected") return { value: "unexpected" };
  const truth = toBoolean(word);
  return "value" in truth ? truth : { error: `invalid 'autorestart' value ${repr(word)}` };
}

/** The level of the daemon's own log. */
export function toLogLevel(text: string): Converted<LogLevel> {
  const word = text.toLowerCase();
  const level = LOG_LEVELS.find((name) => name === word);
  return level === undefined ? { error: `bad logging level name ${repr(text)}` } : { value: level };
}

/** The levels that Supervisor knows, gravest first. */
export const LOG_LEVELS: readonly LogLevel[] = [
  "critical",
  "error",
  "warn",
  "info",
  "debug",
  "trace",
  "blather",
];

/** A host and port; an empty host is every interface. */
export function toInetAddress(text: string): Converted<{ readonly host: string; readonly port: number }> {
  const colon = text.lastIndexOf(":");
  if (colon === -1) {
    const port = toPort(text);
    if ("error" in port) return { error: `not a valid port number: ${repr(text)} ` };
    return { value: { host: "", port: port.value } };
  }
  const digits = text.slice(colon + 1);
  if (digits === "") return { error: "no port number specified in ''" };
  const port = toPort(digits);
  if ("error" in port) return port;
  const host = text.slice(0, colon).toLowerCase();
  return { value: { host: host === "*" ? "" : host, port: port.value } };
}

/** A port from 1 to 65535. */
export function toPort(text: string): Converted<number> {
  const number = toInteger(text);
  if ("error" in number) return number;
  if (number.value < 1n) return { error: `${number.value} is below lower bound (1)` };
  if (number.value > 65535n) return { error: `${number.value} is above upper bound (65535)` };
  return { value: Number(number.value) };
}

/** The name of a process or group, without white space at its ends. */
export function toName(text: string): Converted<string> {
  const name = strip(text);
  const bad = [" ", ":", "/"].find((character) => name.includes(character));
  if (bad === undefined) return { value: name };
  return { error: `Invalid name: ${repr(text)} because of character: ${repr(bad)}` };
}

/** Texts with commas between them; an empty text is none. */
export function toList(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map(strip);
}

/** Whether the machine (or, leniently, anybody) knows an account. */
export type AccountCheck = {
  readonly exists: (account: string | number) => boolean;
  readonly kind: "user" | "group";
};

/** A user or group by name or number. */
export function toAccount(text: string, { exists, kind }: AccountCheck): Converted<UserRef> {
  const number = parseInteger(text, 10);
  if (typeof number === "bigint") {
    const id = Number(number);
    if (id < 0 || !exists(id)) return { error: `Invalid ${kind} id ${text}` };
    return { value: { kind: "id", id } };
  }
  if (strip(text) === "" || !exists(text)) return { error: `Invalid ${kind} name ${text}` };
  return { value: { kind: "name", name: text } };
}

/** An owner as `user` or `user:group`. */
export function toOwner(
  text: string,
  users: AccountCheck,
  groups: AccountCheck,
): Converted<{ readonly user: UserRef; readonly group: UserRef | null }> {
  const colon = text.indexOf(":");
  const user = toAccount(colon === -1 ? text : text.slice(0, colon), users);
  const group = colon === -1 ? { value: null } : toAccount(text.slice(colon + 1), groups);
  if ("error" in user || "error" in group) return { error: `Invalid user:group definition ${text}` };
  return { value: { user: user.value, group: group.value } };
}
