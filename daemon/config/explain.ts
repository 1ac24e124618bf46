import type { Dialect } from "./environment.ts";
import type { Expanded } from "./expand.ts";
import { type OptionText, partRange, valuePlace } from "./options.ts";
import type { Problem } from "./problem.ts";
import type { FormatNames } from "./python/format.ts";
import type { ValueType } from "./schema.ts";

/** The part of a problem that says what is wrong and where. */
export type Explanation = Pick<Problem, "code" | "message" | "range" | "fixes">;

export type BadValue = {
  readonly type: ValueType;
  readonly name: string;
  readonly option: OptionText;
  /** Supervisor's words. */
  readonly error: string;
  readonly dialect: Dialect;
};

/** Says in plain words why an option's value cannot be read. */
export function explainBadValue({ type, name, option, error }: BadValue): Explanation {
  const { range } = valuePlace(option.stored);
  const words = ALLOWED[type];
  const shown = JSON.stringify(option.text);
  const message =
    words === undefined ? `${name}: ${error}` : `${shown} is not a value for ${name}: write ${words}.`;
  return { code: `value.${type}`, message, range };
}

/** Says in plain words why the names of a value cannot be filled in. */
export function explainExpansion(
  expanded: Extract<Expanded, { error: string }>,
  option: OptionText,
  _names: FormatNames,
): Explanation {
  const range = partRange(option, expanded.at, expanded.at + 1);
  if (expanded.missing !== null) {
    return { code: "expansion.unknown", message: `%(${expanded.missing})s is not known here.`, range };
  }
  return {
    code: "expansion.format",
    message: `This % starts no valid expansion: ${expanded.detail}. Write %% for a plain percent sign.`,
    range,
  };
}

const ALLOWED: Partial<Record<ValueType, string>> = {
  boolean: "true or false (also yes, no, on, off, 1, 0)",
  integer: "a whole number without a unit",
  bytes: "a whole number, alone or with KB, MB or GB",
  octal: "an octal number such as 022",
  signal: "a signal such as TERM, INT or HUP",
  exitcodes: "numbers from 0 to 255 with commas between them",
  autorestart: "true, false or unexpected",
  loglevel: "critical, error, warn, info, debug, trace or blather",
};
