import { BYTE_ORDER_MARK } from "./python/utf8.ts";
import { type Message, say } from "./say.ts";

/** What a file of variables sets, or what is wrong on which of its lines, counted from 1. */
export type EnvFileText =
  | { readonly variables: ReadonlyMap<string, string> }
  | { readonly line: number; readonly problem: Message };

/**
 * Reads a file of `NAME=value` lines, as such files are written for Docker and Node: with comments, `export`, and values
 * in single quotes (taken as they are) or double quotes (with `\n` and the like). Nothing in a value is expanded.
 */
export function parseEnvFile(text: string): EnvFileText {
  const variables = new Map<string, string>();
  let at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (at < text.length) {
    const found = assignmentAt(text, at);
    if ("problem" in found) return { line: lineOf(text, found.at), problem: found.problem };
    if (found.name !== null) variables.set(found.name, found.value);
    at = found.end;
  }
  return { variables };
}

type Assignment =
  | { readonly name: string | null; readonly value: string; readonly end: number }
  | { readonly problem: Message; readonly at: number };

/** The assignment on the line that starts at an offset; its name is null on a line that sets nothing. */
function assignmentAt(text: string, start: number): Assignment {
  const lineEnd = endOfLine(text, start);
  const line = text.slice(start, lineEnd).trim();
  if (line === "" || line.startsWith("#")) return { name: null, value: "", end: lineEnd + 1 };
  const equals = text.indexOf("=", start);
  if (equals === -1 || equals >= lineEnd) return { at: start, problem: say`there is no =` };
  const name = text
    .slice(start, equals)
    .trim()
    .replace(/^export\s+/, "");
  if (!/^[A-Za-z_]\w*$/.test(name)) return { at: start, problem: say`${name} is no name of a variable` };
  let from = equals + 1;
  while (from < lineEnd && isBlank(text[from])) from++;
  const quote = text[from];
  if (quote !== "'" && quote !== '"') {
    const value = text
      .slice(from, lineEnd)
      .trim()
      .replace(/(?:^|\s)#.*$/, "");
    return { name, value: value.trim(), end: lineEnd + 1 };
  }
  const close = endOfQuote(text, from);
  if (close === -1) return { at: start, problem: say`a quote is not closed` };
  const afterEnd = endOfLine(text, close);
  const rest = text.slice(close + 1, afterEnd).trim();
  if (rest !== "" && !rest.startsWith("#"))
    return { at: start, problem: say`something follows the closing quote` };
  const value = text.slice(from + 1, close).replaceAll("\r\n", "\n");
  return { name, value: quote === "'" ? value : unescaped(value), end: afterEnd + 1 };
}

/** Where a quote that opens at an offset closes; in double quotes a backslash takes the next sign with it. */
function endOfQuote(text: string, open: number): number {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (text[at] === "\\" && quote === '"') at++;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(value: string): string {
  return value.replace(/\\([\s\S])/g, (whole, sign: string) => {
    if (ESCAPES[sign] !== undefined) return ESCAPES[sign];
    return /["\\$`]/.test(sign) ? sign : whole;
  });
}

function isBlank(sign: string | undefined): boolean {
  return sign === " " || sign === "\t";
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
