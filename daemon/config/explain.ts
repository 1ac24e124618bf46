import { folderMade, insertIntoValue, maybe, replaceValue, surely } from "./edits.ts";
import { nearest } from "./nearest.ts";
import { type OptionText, valuePlace } from "./option-text.ts";
import type { Fix, Problem } from "./problem.ts";
import { directoryOf } from "./python/paths.ts";
import { followedBy, type Message, say } from "./say.ts";
import type { ValueType } from "./schema.ts";
import { SIGNALS } from "./signals.ts";
import {
  LOG_LEVELS,
  toAutorestart,
  toBoolean,
  toBytes,
  toExitCodes,
  toInteger,
  toLogLevel,
  toOctal,
  toSignal,
} from "./values.ts";

/** The part of a problem that says what is wrong and where. */
export type Explanation = Pick<Problem, "code" | "message" | "range" | "fixes">;

export type BadValue = {
  readonly type: ValueType;
  readonly name: string;
  readonly option: OptionText;
  /** Supervisor's words. */
  readonly error: string;
};

/** Says in plain words why an option's value cannot be read, and what would be. */
export function explainBadValue({ type, name, option, error }: BadValue): Explanation {
  const { range } = valuePlace(option.stored);
  const words = ALLOWED[type];
  const shown = JSON.stringify(option.text);
  const comment = gluedComment(type, option);
  if (comment !== null) return { ...comment, range };
  if (words === undefined)
    return {
      code: `value.${type}`,
      message: OTHER[type]?.(option.text) ?? say`${name}: ${error}`,
      range,
      fixes: pathFixes(type, option),
    };
  const meant = meantValue(type, option.text);
  const hint = meant === null ? null : say`Did you mean ${meant}?`;
  const message = followedBy(say`${shown} is not a value for ${name}: write ${words}.`, hint);
  const fixes: readonly Fix[] =
    meant === null ? [] : surely(say`Write ${meant}`, replaceValue(option.stored, meant));
  return { code: `value.${type}`, message, range, fixes };
}

const ALLOWED: Partial<Record<ValueType, Message>> = {
  boolean: say`true or false (also yes, no, on, off, 1, 0)`,
  integer: say`a whole number without a unit`,
  bytes: say`a whole number, alone or with KB, MB or GB`,
  octal: say`an octal number such as 022`,
  signal: say`a signal such as TERM, INT or HUP`,
  exitcodes: say`numbers from 0 to 255 with commas between them`,
  autorestart: say`true, false or unexpected`,
  loglevel: say`critical, error, warn, info, debug, trace or blather`,
  port: say`a port from 1 to 65535, alone or as HOST:PORT`,
};

const OTHER: Partial<Record<ValueType, (text: string) => Message>> = {
  user: (text) =>
    text.trim() === ""
      ? say`user is empty: name a user, or remove the line.`
      : say`There is no user ${text} on this machine.`,
  chown: (text) => say`There is no such user or group on this machine: ${text}.`,
  directory: (text) => say`There is no directory ${text}: create it.`,
  logfile: (text) => say`The folder of ${text} does not exist: create it.`,
  path: (text) => say`The folder of ${text} does not exist: create it.`,
  environment: () => say`Supervisor cannot split this into KEY="value" pairs with commas between them.`,
  "process-name": (text) => say`The name ${JSON.stringify(text)} may hold no space, colon or slash.`,
};

/** Makes the folder that is missing, or takes the configuration's, which is always there. */
function pathFixes(type: ValueType, { text, stored }: OptionText): readonly Fix[] {
  if (type === "directory") return folderMade(text);
  if (type !== "logfile" && type !== "path") return [];
  const name = text.slice(text.lastIndexOf("/") + 1);
  const made = folderMade(directoryOf(text));
  if (!/^[\w.-]+$/.test(name)) return made;
  return [...made, ...maybe(say`Write %(here)s/${name}`, replaceValue(stored, `%(here)s/${name}`))];
}

const VALID: Partial<Record<ValueType, (text: string) => boolean>> = {
  boolean: (text) => "value" in toBoolean(text),
  integer: (text) => "value" in toInteger(text),
  bytes: (text) => "value" in toBytes(text),
  octal: (text) => "value" in toOctal(text),
  signal: (text) => "value" in toSignal(text),
  exitcodes: (text) => "value" in toExitCodes(text),
  autorestart: (text) => "value" in toAutorestart(text),
  loglevel: (text) => "value" in toLogLevel(text),
};

/** `true; note`: without a space before it, `;` starts no comment. */
function gluedComment(type: ValueType, option: OptionText): Omit<Explanation, "range"> | null {
  const at = option.text.search(/[;#]/);
  const before = at === -1 ? "" : option.text.slice(0, at);
  const plausible = VALID[type]?.(before) ?? /^[;#]\s/.test(option.text.slice(at));
  if (before === "" || !plausible || option.text !== option.stored.value) return null;
  if (type === "exitcodes" && /^[;\d\s]+$/.test(option.text)) return null;
  const sign = option.text[at] ?? "";
  const message = say`A comment needs a space before ${sign}: here it is a part of the value.`;
  const fixes = surely(say`Insert a space before ${sign}`, insertIntoValue(option.stored, at, " "));
  return { code: "comment.glued", message, fixes };
}

const SYNONYMS: Partial<Record<ValueType, Readonly<Record<string, string>>>> = {
  boolean: {
    enabled: "true",
    enable: "true",
    y: "true",
    t: "true",
    disabled: "false",
    disable: "false",
    n: "false",
    f: "false",
    none: "false",
    never: "false",
  },
  autorestart: {
    "on-failure": "unexpected",
    on_failure: "unexpected",
    onfailure: "unexpected",
    always: "true",
    "unless-stopped": "true",
    never: "false",
    none: "false",
  },
  loglevel: {
    warning: "warn",
    err: "error",
    fatal: "critical",
    crit: "critical",
    verbose: "debug",
    notice: "info",
    all: "blather",
  },
};

/** What a wrong value most likely means; null where that is anybody's guess. */
function meantValue(type: ValueType, text: string): string | null {
  const word = text.trim().toLowerCase();
  const unquoted = /^(["'])(.*)\1$/.exec(word)?.[2];
  const meant = unquoted !== undefined && VALID[type]?.(unquoted) === true ? unquoted : guess(type, word);
  return meant !== null && meant !== text && VALID[type]?.(meant) === true ? meant : null;
}

function guess(type: ValueType, word: string): string | null {
  const synonym = SYNONYMS[type]?.[word];
  if (synonym !== undefined) return synonym;
  if (type === "integer") return /^(\d+)\s*(?:s|secs?|seconds?)$/.exec(word)?.[1] ?? roundedUp(word);
  if (type === "bytes") return bytesMeant(word);
  if (type === "exitcodes")
    return word
      .split(/[\s,;]+/)
      .filter(Boolean)
      .join(",");
  if (type === "signal")
    return nearest(
      word.toUpperCase().replace(/^SIG/, ""),
      Object.keys(SIGNALS).map((name) => name.slice(3)),
    );
  if (type === "boolean") return nearest(word, ["true", "false", "yes", "no"]);
  if (type === "autorestart") return nearest(word, ["unexpected", "true", "false"]);
  return type === "loglevel" ? nearest(word, LOG_LEVELS) : null;
}

function roundedUp(word: string): string | null {
  return /^\d+\.\d+$/.test(word) ? String(Math.ceil(Number(word))) : null;
}

function bytesMeant(word: string): string | null {
  const match = /^(\d+)\s*([kmg])i?b?(?:ytes)?$/.exec(word);
  return match === null
    ? (/^(\d+)\s*b(?:ytes)?$/.exec(word)?.[1] ?? null)
    : `${match[1]}${match[2]?.toUpperCase()}B`;
}
