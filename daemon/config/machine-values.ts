import type { Context } from "./context.ts";
import { absolutePath, directoryOf, joinPath } from "./python/paths.ts";
import type { AccountCheck, Converted } from "./values.ts";

/** What of a reading values that depend on the machine need. */
type OfMachine = Pick<Context, "machine" | "lenient">;

/** A path with `~` or `~user` at its start replaced by the home directory, where that is known. */
export function expandUser(context: OfMachine, path: string): string {
  if (!path.startsWith("~")) return path;
  const slash = path.indexOf("/");
  const end = slash === -1 ? path.length : slash;
  const user = path.slice(1, end);
  const { environment, homeDirectory } = context.machine;
  const home = user === "" ? (environment.HOME ?? homeDirectory(null)) : homeDirectory(user);
  if (home === null) return path;
  return home.replace(/\/+$/, "") + path.slice(end) || "/";
}

/** Python cannot look up a user whose name has a NUL in it. */
const NUL_IN_USER = /^~[^/]*\0/;
const NUL_ERROR = { error: "embedded null byte" };

/** A path made absolute, its home directory and dots resolved. */
export function normalizePath(context: Context, path: string): string {
  return absolutePath(expandUser(context, path), context.machine.cwd);
}

/** `normalizePath` of a path whose user can be looked up. */
export function toNormalPath(context: Context): (text: string) => Converted<string> {
  return (text) => (NUL_IN_USER.test(text) ? NUL_ERROR : { value: normalizePath(context, text) });
}

/** A directory that must exist, unless the reading is lenient. */
export function existingDirectory(context: OfMachine): (text: string) => Converted<string> {
  return (text) => {
    if (NUL_IN_USER.test(text)) return NUL_ERROR;
    const path = expandUser(context, text);
    if (context.lenient || isDirectory(context, path)) return { value: path };
    return { error: `${text} is not an existing directory` };
  };
}

/** A file whose directory must exist, unless the reading is lenient. */
export function existingDirpath(context: OfMachine): (text: string) => Converted<string> {
  return (text) => {
    if (NUL_IN_USER.test(text)) return NUL_ERROR;
    const path = expandUser(context, text);
    const directory = directoryOf(path);
    if (context.lenient || directory === "" || isDirectory(context, directory)) return { value: path };
    return { error: `The directory named as part of the path ${text} does not exist` };
  };
}

/** Where a program's output goes: a file, `AUTO`, `SYSLOG`, or null for nowhere. */
export function logfileName(context: Context): (text: string) => Converted<string | null> {
  const toPath = existingDirpath(context);
  return (text) => {
    const word = text.toLowerCase();
    if (word === "none" || word === "off") return { value: null };
    if (word === "auto") return { value: AUTO };
    return word === "syslog" ? { value: SYSLOG } : toPath(text);
  };
}

/** Stands for a file in `childlogdir` that the daemon names. */
export const AUTO = "AUTO";

/** Stands for the system log; no path is in capitals without a directory and equal to it, `syslog` in any case is. */
export const SYSLOG = "SYSLOG";

/** How users are looked up: any name will do where the reading is lenient. */
export function userCheck({ lenient, machine }: Context): AccountCheck {
  return { kind: "user", exists: lenient ? () => true : machine.userExists };
}

/** How groups are looked up: any name will do where the reading is lenient. */
export function groupCheck({ lenient, machine }: Context): AccountCheck {
  return { kind: "group", exists: lenient ? () => true : machine.groupExists };
}

function isDirectory({ machine }: OfMachine, path: string): boolean {
  return machine.isDirectory(joinPath(machine.cwd, path));
}
