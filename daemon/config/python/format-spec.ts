/** One `%` conversion of a format string, taken apart, without its name. */
export type FormatSpec = {
  readonly flags: string;
  /** -1 for none. */
  readonly width: number;
  readonly precision: number;
  readonly conversion: string;
  /** Offset after the conversion. */
  readonly end: number;
};

export type FormatProblem = { readonly error: string };

/** The name in parentheses that a conversion may start with, null for none; it may hold balanced parentheses. */
export function parseName(
  text: string,
  start: number,
): { readonly name: string | null; readonly end: number } | FormatProblem {
  if (text[start] !== "(") return { name: null, end: start };
  let depth = 1;
  let at = start + 1;
  for (; depth > 0 && at < text.length; at++) {
    if (text[at] === ")") depth--;
    else if (text[at] === "(") depth++;
  }
  if (depth > 0) return { error: "incomplete format key" };
  return { name: text.slice(start + 1, at - 1), end: at };
}

/**
 * Takes apart what follows the name, in Python's order and with its words for mistakes. `takeStar` is asked for
 * an argument where `*` stands for a number.
 */
export function parseSpec(
  text: string,
  start: number,
  takeStar: (most: bigint) => FormatProblem | null,
): FormatSpec | FormatProblem {
  let at = start;
  while (isOneOf(text[at], "-+ #0")) at++;
  const flags = text.slice(start, at);
  const width = parseCount(text, at, takeStar, MOST_WIDTH, "width too big");
  if ("error" in width) return width;
  at = width.end;
  let precision = -1;
  if (text[at] === ".") {
    const parsed = parseCount(text, at + 1, takeStar, MOST_PRECISION, "precision too big");
    if ("error" in parsed) return parsed;
    precision = Math.max(parsed.count, 0);
    at = parsed.end;
  }
  if (isOneOf(text[at], "hlL")) at++;
  const code = text.codePointAt(at);
  if (code === undefined) return { error: "incomplete format" };
  const conversion = String.fromCodePoint(code);
  return { flags, width: width.count, precision, conversion, end: at + conversion.length };
}

type Count = { readonly count: number; readonly end: number };

const MOST_WIDTH = 2n ** 63n - 1n;
const MOST_PRECISION = 2n ** 31n - 1n;

function parseCount(
  text: string,
  start: number,
  takeStar: (most: bigint) => FormatProblem | null,
  most: bigint,
  tooBig: string,
): Count | FormatProblem {
  if (text[start] === "*") return takeStar(most) ?? { count: -1, end: start + 1 };
  let at = start;
  while (isOneOf(text[at], "0123456789")) at++;
  if (at === start) return { count: -1, end: at };
  const count = BigInt(text.slice(start, at));
  return count > most ? { error: tooBig } : { count: Number(count), end: at };
}

function isOneOf(character: string | undefined, set: string): boolean {
  return character !== undefined && set.includes(character);
}
