import { type FormatProblem, type FormatSpec, parseName, parseSpec } from "./format-spec.ts";
import { formatFloat, formatInteger } from "./numbers.ts";
import { ascii, repr } from "./repr.ts";

/** The names that a format string may use, in the order in which they were added. */
export type FormatNames = {
  readonly get: (name: string) => string | bigint | undefined;
  readonly entries: () => Iterable<readonly [string, string | bigint]>;
};

/** Names of which the upper ones go before the lower, without copying either. */
export function layered(lower: FormatNames, upper: FormatNames): FormatNames {
  return {
    get: (name) => upper.get(name) ?? lower.get(name),
    entries: () => new Map([...lower.entries(), ...upper.entries()]).entries(),
  };
}

/**
 * `missing`: a name that is not there; `error`: a mistake in the format, in Python's words; `at` is the offset of
 * the `%` to blame.
 */
export type FormatResult =
  | { readonly text: string }
  | { readonly missing: string; readonly at: number }
  | { readonly error: string; readonly at: number };

type Conversion =
  | { readonly text: string; readonly end: number }
  | { readonly missing: string }
  | FormatProblem;

/** Python's `text % names`. */
export function formatText(text: string, names: FormatNames): FormatResult {
  if (!text.includes("%")) return { text };
  let result = "";
  const args: Arguments = { whole: true, taken: false, value: null };
  for (let at = 0; at < text.length; ) {
    const sign = text.indexOf("%", at);
    if (sign === -1) return { text: result + text.slice(at) };
    result += text.slice(at, sign);
    if (text[sign + 1] === "%") {
      result += "%";
      at = sign + 2;
      continue;
    }
    const done = convert(text, sign + 1, names, args);
    if (!("text" in done)) return { ...done, at: sign };
    result += done.text;
    at = done.end;
  }
  return { text: result };
}

/** What the next conversion without a name takes: the whole mapping at first, the last named value after it; once. */
type Arguments = { whole: boolean; taken: boolean; value: string | bigint | null };
type Value = string | bigint | FormatNames;
const NOT_ENOUGH = { error: "not enough arguments for format string" };
/** A field wider than this is refused: Python would fill the memory. */
const MOST_FIELD = 1_000_000;

function convert(text: string, start: number, names: FormatNames, args: Arguments): Conversion {
  const named = parseName(text, start);
  if ("error" in named) return named;
  if (named.name !== null) {
    const value = names.get(named.name);
    if (value === undefined) return { missing: named.name };
    Object.assign(args, { whole: false, taken: false, value });
  }
  const spec = parseSpec(text, named.end, (most) => takeStar(names, args, most));
  if ("error" in spec) return spec;
  const value = take(names, args);
  if (value === null) return NOT_ENOUGH;
  if (Math.max(spec.width, spec.precision) > MOST_FIELD) return { error: "width too big" };
  const done = convertValue(text, spec, value);
  return "text" in done ? { text: done.text, end: spec.end } : done;
}

function take(names: FormatNames, args: Arguments): Value | null {
  if (args.taken) return null;
  args.taken = true;
  return args.whole ? names : args.value;
}

/** A width from an argument leaves none for the value, so it ends in a refusal either way. */
function takeStar(names: FormatNames, args: Arguments, most: bigint): FormatProblem | null {
  const value = take(names, args);
  if (value === null) return NOT_ENOUGH;
  if (typeof value !== "bigint") return { error: "* wants int" };
  const kind = most > 2n ** 32n ? "ssize_t" : "int";
  return value > most || value < -most - 1n
    ? { error: `Python int too large to convert to C ${kind}` }
    : null;
}

function convertValue(
  format: string,
  spec: FormatSpec,
  value: Value,
): { readonly text: string } | FormatProblem {
  const { conversion, flags, width, precision } = spec;
  if ("sra".includes(conversion)) {
    const text =
      conversion === "s" ? str(value) : conversion === "r" ? reprOf(value, repr) : reprOf(value, ascii);
    return { text: pad(cut(text, precision), width, flags) };
  }
  if ("diuoxX".includes(conversion)) {
    if (typeof value !== "bigint") return { error: wrongNumber(conversion, value) };
    return { text: formatInteger(value, conversion, flags, width, precision) };
  }
  if ("eEfFgG".includes(conversion)) {
    if (typeof value !== "bigint") return { error: `must be real number, not ${typeName(value)}` };
    if (!Number.isFinite(Number(value))) return { error: "int too large to convert to float" };
    return { text: formatFloat(value, conversion, flags, width, precision) };
  }
  if (conversion === "c") return convertCharacter(value, width, flags);
  return { error: unsupported(format, spec) };
}

function wrongNumber(conversion: string, value: Value): string {
  const wanted = "oxX".includes(conversion) ? "an integer is" : "a real number is";
  return `%${conversion} format: ${wanted} required, not ${typeName(value)}`;
}

function unsupported(format: string, spec: FormatSpec): string {
  const code = spec.conversion.codePointAt(0) ?? 0;
  const index = Array.from(format.slice(0, spec.end)).length - 1;
  const shown = code >= 31 && code <= 126 ? spec.conversion : "?";
  return `unsupported format character '${shown}' (0x${code.toString(16)}) at index ${index}`;
}

function convertCharacter(
  value: Value,
  width: number,
  flags: string,
): { readonly text: string } | FormatProblem {
  if (typeof value === "bigint") {
    if (value < 0n || value >= 0x110000n) return { error: "%c arg not in range(0x110000)" };
    return { text: pad(String.fromCodePoint(Number(value)), width, flags) };
  }
  if (typeof value !== "string" || Array.from(value).length !== 1)
    return { error: "%c requires int or char" };
  return { text: pad(value, width, flags) };
}

function cut(text: string, precision: number): string {
  return precision === -1 ? text : Array.from(text).slice(0, precision).join("");
}

function pad(text: string, width: number, flags: string): string {
  if (width <= 0) return text;
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  return flags.includes("-") ? text + " ".repeat(missing) : " ".repeat(missing) + text;
}

function str(value: Value): string {
  return typeof value === "object" ? reprOf(value, repr) : String(value);
}

function reprOf(value: Value, quote: (text: string) => string): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint") return String(value);
  const items = Array.from(value.entries(), ([name, item]) => `${quote(name)}: ${reprOf(item, quote)}`);
  return `{${items.join(", ")}}`;
}

function typeName(value: Value): string {
  if (typeof value === "string") return "str";
  return typeof value === "bigint" ? "int" : "dict";
}
