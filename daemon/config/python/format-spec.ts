/** One `%` conversion of a format string, taken apart, without its name. */
export type FormatSpec = {
  readonly flags: string;
  /** -1 for none. */
  readonly width: number;
  readonly precision: number;
  readonly conversion: string;
  /** Index of the character after the conversion. */
  readonly end: number;
};

export type FormatProblem = { readonly error: string };

/** The name in parentheses that a conversion may start with, null for none; it may hold balanced parentheses. */
export function parseName(
  characters: readonly string[],
  start: number,
): { readonly name: string | null; readonly end: number } | FormatProblem {
  if (characters[start] !== "(") return { name: null, end: start };
  let depth = 1;
  let at = start + 1;
  for (; depth > 0 && at < characters.length; at++) {
    if (characters[at] === ")") depth--;
    else if (characters[at] === "(") depth++;
  }
  if (depth > 0) return { error: "incomplete format key" };
  return { name: characters.slice(start + 1, at - 1).join(""), end: at };
}

/**
 * Takes apart what follows the name, in Python's order and with its words for mistakes. `takeStar` is asked for
 * an argument where `*` stands for a number.
 */
export function parseSpec(
  characters: readonly string[],
  start: number,
  takeStar: () => FormatProblem | null,
): FormatSpec | FormatProblem {
  let at = start;
  while (isOneOf(characters[at], "-+ #0")) at++;
  const flags = characters.slice(start, at).join("");
  const width = parseCount(characters, at, takeStar, MOST_WIDTH, "width too big");
  if ("error" in width) return width;
  at = width.end;
  let precision = -1;
  if (characters[at] === ".") {
    const parsed = parseCount(characters, at + 1, takeStar, MOST_PRECISION, "precision too big");
    if ("error" in parsed) return parsed;
    precision = Math.max(parsed.count, 0);
    at = parsed.end;
  }
  if (isOneOf(characters[at], "hlL")) at++;
  const conversion = characters[at];
  if (conversion === undefined) return { error: "incomplete format" };
  return { flags, width: width.count, precision, conversion, end: at + 1 };
}

type Count = { readonly count: number; readonly end: number };

const MOST_WIDTH = 2n ** 63n - 1n;
const MOST_PRECISION = 2n ** 31n - 1n;

function parseCount(
  characters: readonly string[],
  start: number,
  takeStar: () => FormatProblem | null,
  most: bigint,
  tooBig: string,
): Count | FormatProblem {
  if (characters[start] === "*") return takeStar() ?? { count: -1, end: start + 1 };
  let at = start;
  while (isOneOf(characters[at], "0123456789")) at++;
  if (at === start) return { count: -1, end: at };
  const count = BigInt(characters.slice(start, at).join(""));
  return count > most ? { error: tooBig } : { count: Number(count), end: at };
}

function isOneOf(character: string | undefined, set: string): boolean {
  return character !== undefined && set.includes(character);
}
