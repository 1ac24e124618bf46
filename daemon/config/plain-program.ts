import type { Context } from "./context.ts";
import { directoryOf } from "./python/paths.ts";
import { nameInHeader, optionOf, type ValueType } from "./schema.ts";
import type { Stored, StoredSection } from "./store.ts";

/**
 * Whether nothing can be wrong with the settings of a program, as is so of most: it names no variables, and its values
 * are of the usual forms. Such a program need not be read before somebody wants to know what it comes to. The answer
 * may be no for a program that is right all the same.
 */
export function isPlain(context: Context, section: StoredSection): boolean {
  const { options } = section;
  if (context.store.defaults.size > 0 || !options.has("command")) return false;
  if (options.has("redirect_stderr") && options.has("stderr_logfile")) return false;
  if (!NAME.test(nameInHeader(section.name) ?? "")) return false;
  let areAll = true;
  options.forEach((stored) => {
    areAll &&= isPlainOption(context, stored);
  });
  return areAll;
}

const NAME = /^[^\s:/]+$/;

function isPlainOption(context: Context, { value, entry }: Stored): boolean {
  const spec = optionOf("program", entry.key);
  if (spec === null) return true;
  return (
    !value.includes("%") && !JUDGED_TOGETHER.has(entry.key) && PLAIN[spec.type]?.(value, context) === true
  );
}

/** Options of which others decide whether their values are right. */
const JUDGED_TOGETHER: ReadonlySet<string> = new Set(["numprocs", "killasgroup"]);

const BOOLEANS: ReadonlySet<string> = new Set(["true", "false", "yes", "no", "on", "off", "1", "0"]);
const SIGNALS: ReadonlySet<string> = new Set(["TERM", "HUP", "INT", "QUIT", "KILL", "USR1", "USR2"]);
const INTEGER = /^\d{1,9}$/;
/** Zero is none: it may make a log that grows without end. */
const BYTES = /^[1-9]\d{0,8}(?:[KMG]B)?$/;

type Test = (value: string, context: Context) => boolean;

const anyText: Test = () => true;

/** The usual forms of values, by type; what is not listed is never plain. */
const PLAIN: Readonly<Partial<Record<ValueType, Test>>> = {
  command: anyText,
  directory: anyText,
  "env-files": anyText,
  "server-url": anyText,
  boolean: (value) => BOOLEANS.has(value),
  autorestart: (value) => value === "unexpected" || BOOLEANS.has(value),
  integer: (value) => INTEGER.test(value),
  bytes: (value) => BYTES.test(value),
  signal: (value) => SIGNALS.has(value),
  logfile: (value, { lenient, machine }) =>
    value.startsWith("/") && (lenient || machine.isDirectory(directoryOf(value))),
};
