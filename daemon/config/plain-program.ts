import type { Context } from "./context.ts";
import type { Section } from "./document.ts";
import { ofKeys } from "./key-layout.ts";
import { directoryOf } from "./python/paths.ts";
import { nameInHeader, optionOf, type ValueType } from "./schema.ts";
import type { StoredSection } from "./store.ts";

/**
 * Whether nothing can be wrong with the settings of a program, as is so of most: it names no variables, and its values
 * are of the usual forms. Such a program need not be read before somebody wants to know what it comes to. The answer
 * may be no for a program that is right all the same.
 */
export function isPlain(context: Context, { name, only }: StoredSection): boolean {
  if (context.store.defaults.size > 0 || only === null) return false;
  const tests = testsOf(only.layout);
  return tests !== null && NAME.test(nameInHeader(name) ?? "") && haveUsualForms(context, only, tests);
}

const NAME = /^[^\s:/]+$/;

function haveUsualForms(context: Context, { entries }: Section, tests: readonly (Test | null)[]): boolean {
  for (let at = 0; at < tests.length; at++) {
    const value = entries[at]?.value ?? "";
    const test = tests[at] ?? null;
    if (test !== null && (value.includes("%") || !test(value, context))) return false;
  }
  return true;
}

/** The tests of the values of such keys, null for what Supervisor does not read; none where the keys alone need a look. */
const testsOf = ofKeys((keys) => {
  const given = new Set(keys);
  const hasCommand = given.has("command");
  if (!hasCommand || (given.has("redirect_stderr") && given.has("stderr_logfile"))) return null;
  const tests = keys.map(testOf);
  return tests.some((test) => test === undefined) ? null : tests.map((test) => test ?? null);
});

/** Undefined where no value is plain. */
function testOf(key: string): Test | null | undefined {
  const spec = optionOf("program", key);
  if (spec === null) return null;
  return JUDGED_TOGETHER.has(key) ? undefined : PLAIN[spec.type];
}

/** Options of which others decide whether their values are right. */
const JUDGED_TOGETHER: ReadonlySet<string> = new Set(["numprocs", "killasgroup"]);

const BOOLEANS: ReadonlySet<string> = new Set(["true", "false", "yes", "no", "on", "off", "1", "0"]);
const SIGNALS: ReadonlySet<string> = new Set(["TERM", "HUP", "INT", "QUIT", "KILL", "USR1", "USR2"]);
const INTEGER = /^\d{1,9}$/;
/** Zero is none: it may make a log that grows without end. */
const BYTES = /^[1-9]\d{0,8}(?:[KMG]B)?$/;

function isBoolean(value: string): boolean {
  return value === "true" || value === "false" || BOOLEANS.has(value);
}

type Test = (value: string, context: Context) => boolean;

const anyText: Test = () => true;

/** The usual forms of values, by type; what is not listed is never plain. */
const PLAIN: Readonly<Partial<Record<ValueType, Test>>> = {
  command: anyText,
  directory: anyText,
  "env-files": anyText,
  "server-url": anyText,
  boolean: isBoolean,
  autorestart: (value) => value === "unexpected" || isBoolean(value),
  integer: (value) => INTEGER.test(value),
  bytes: (value) => BYTES.test(value),
  signal: (value) => SIGNALS.has(value),
  logfile: (value, { lenient, machine }) =>
    value.startsWith("/") && (lenient || machine.isDirectory(directoryOf(value))),
};
