import type { ValueType } from "../../daemon/config/schema.ts";
import type { TokenType } from "./token-legend.ts";

/** A part of a value, with its offsets in the text that was looked at. */
export type ValueToken = { readonly start: number; readonly end: number; readonly type: TokenType };

/** The parts of one line of a value. `isFirst` is for the line on which the value starts. */
export function valueTokens(text: string, type: ValueType, isFirst: boolean): ValueToken[] {
  const { pattern, types } = RULES[type] ?? TEXT;
  const tokens: ValueToken[] = [];
  for (const match of text.matchAll(pattern)) {
    const group = match.findIndex((part, index) => index > 0 && part !== undefined);
    const found = types[group - 1];
    if (found !== undefined) {
      tokens.push({ start: match.index, end: match.index + match[0].length, type: found });
    }
  }
  const [first] = tokens;
  if (type === "command" && isFirst && first?.start === 0 && first.type === "string") {
    tokens[0] = { ...first, type: "function" };
  }
  return tokens;
}

type Rule = readonly [type: TokenType, pattern: string];
type Rules = { readonly pattern: RegExp; readonly types: readonly TokenType[] };

const EXPANSION: Rule = ["macro", String.raw`%%|%\([^()\s]*\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]`];
const NUMBER: Rule = ["number", String.raw`(?<![^\s,:])[-+]?\d+(?![^\s,:])`];
const WORD: Rule = ["enumMember", String.raw`[A-Za-z][\w-]*`];

const PLAIN: Rule = ["string", String.raw`[^%\s]+|%`];

const TEXT = rules(PLAIN);
const NUMBERS = rules(NUMBER);
const WORDS = rules(NUMBER, WORD);

const RULES: Partial<Record<ValueType, Rules>> = {
  boolean: WORDS,
  autorestart: WORDS,
  loglevel: WORDS,
  signal: WORDS,
  events: WORDS,
  integer: NUMBERS,
  octal: NUMBERS,
  exitcodes: NUMBERS,
  bytes: rules(["number", String.raw`\d+(?:[KMG]B)?`]),
  port: rules(["number", String.raw`(?<!\d)\d+$`], ["string", "[^%:]+"]),
  logfile: rules(["enumMember", "^(?:AUTO|NONE|OFF|syslog)$"], PLAIN),
  "program-names": rules(["class", String.raw`[^,\s%]+`]),
  command: rules(["parameter", String.raw`(?<!\S)--?[A-Za-z0-9][\w-]*`], PLAIN),
  environment: rules(
    ["variable", String.raw`[A-Za-z_]\w*(?=\s*=)`],
    ["string", String.raw`"[^"%]*"?|'[^'%]*'?|[^\s,=%"']+|%`],
  ),
};

function rules(...own: readonly Rule[]): Rules {
  const all = [EXPANSION, ...own];
  return {
    pattern: new RegExp(all.map(([, pattern]) => `(${pattern})`).join("|"), "gi"),
    types: all.map(([type]) => type),
  };
}
