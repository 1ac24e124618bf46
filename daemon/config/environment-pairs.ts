/** One variable as its author meant it, whatever Supervisor's lexer makes of it. Offsets count in the text. */
export type MeantPair = {
  readonly key: string;
  readonly keyStart: number;
  /** Where an `export` before the key starts, null where there is none. */
  readonly exportStart: number | null;
  /** The value as written, quotes included. */
  readonly value: string;
  /** The value with a word of the same length for each expansion. */
  readonly masked: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this value and the next variable: a comma, something else, or nothing at the end. */
  readonly separator: string;
};

const KEY = /(\s*)(export\s+)?([A-Za-z_][\w.-]*)\s*=/y;
const EXPANSION = /%\([^()]*\)[-+ #0-9.]*[a-zA-Z]/g;
const NEXT = /\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=/y;

/**
 * Splits an `environment` where its author would: at commas, semicolons or white space before the next `KEY=`.
 * What an expansion brings is taken to be a plain word.
 */
export function meantPairs(written: string): MeantPair[] {
  const text = written.replace(EXPANSION, (whole) => "x".repeat(whole.length));
  const pairs: MeantPair[] = [];
  let at = 0;
  while (at < text.length) {
    KEY.lastIndex = at;
    const match = KEY.exec(text);
    if (match === null) return pairs;
    const [, space = "", exporting, key = ""] = match;
    const exportStart = exporting === undefined ? null : at + space.length;
    const keyStart = at + space.length + (exporting?.length ?? 0);
    const start = skipInlineSpace(text, KEY.lastIndex);
    const end = endOfValue(text, start);
    const next = afterSeparator(text, end);
    const value = written.slice(start, end);
    const masked = text.slice(start, end);
    pairs.push({ key, keyStart, exportStart, value, masked, start, end, separator: text.slice(end, next) });
    at = next;
  }
  return pairs;
}

/** The value ends before a separator that a `KEY=` follows, or at the end; what is in quotes does not count. */
function endOfValue(text: string, start: number): number {
  let quote = "";
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === "'" || character === '"') {
      quote = character;
    } else if (/[,;\s]/.test(character)) {
      const next = afterSeparator(text, at);
      if (isNextPair(text, next)) return at;
      at = next - 1;
    }
  }
  return Math.max(text.trimEnd().length, start);
}

function skipInlineSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[^\S\n]/.test(text[at] ?? "")) at++;
  return at;
}

function isNextPair(text: string, at: number): boolean {
  if (at === text.length) return true;
  NEXT.lastIndex = at;
  return NEXT.test(text);
}

function afterSeparator(text: string, at: number): number {
  let next = at;
  while (next < text.length && /[\s,;]/.test(text[next] ?? "")) next++;
  return next;
}
