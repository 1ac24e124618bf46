import { repr } from "./repr.ts";
import { isSpace } from "./text.ts";

/** Why a text is no integer, in Python's words. */
export type IntegerError = { readonly error: string };

/** Python's `int(text, base)`: its digits of any script, its underscores, its bound on length. */
export function parseInteger(text: string, base: 8 | 10): bigint | IntegerError {
  if (base === 10 && PLAIN.test(text)) return BigInt(text);
  const digits = normalise(text);
  const shape = base === 10 ? DECIMAL : OCTAL;
  const match = shape.exec(digits);
  if (match === null) return { error: `invalid literal for int() with base ${base}: ${shortRepr(text)}` };
  const figures = (match[2] ?? "").replaceAll("_", "");
  if (base === 10 && figures.length > MOST_DIGITS) return { error: tooLong(figures.length) };
  const value = BigInt(base === 8 ? `0o${figures}` : figures);
  return match[1] === "-" ? -value : value;
}

/** Hardly any number is written otherwise. */
const PLAIN = /^[0-9]{1,15}$/;
const MOST_DIGITS = 4300;
const DECIMAL = /^([+-]?)([0-9]+(?:_[0-9]+)*)$/;
const OCTAL = /^([+-]?)(?:0[oO]_?)?([0-7]+(?:_[0-7]+)*)$/;
const DIGIT = /\p{Nd}/u;

function tooLong(count: number): string {
  return `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion: value has ${count} digits; use sys.set_int_max_str_digits() to increase the limit`;
}

function shortRepr(text: string): string {
  const quoted = Array.from(repr(text));
  return quoted.length > 200 ? quoted.slice(0, 200).join("") : quoted.join("");
}

/** Decimal digits of any script as ASCII ones, without the white space at both ends that `int` passes over. */
function normalise(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isIntegerSpace(text.charCodeAt(start))) start++;
  while (end > start && isIntegerSpace(text.charCodeAt(end - 1))) end--;
  const inner = text.slice(start, end);
  return /^[\0-\x7f]*$/.test(inner) ? inner : Array.from(inner, asciiDigit).join("");
}

/** Unlike `strip`, `int` does not pass over the ASCII separators 0x1c to 0x1f. */
function isIntegerSpace(unit: number): boolean {
  return isSpace(unit) && !(unit >= 0x1c && unit <= 0x1f);
}

/** Every script's digits stand in a run of ten that starts at its zero; runs may adjoin. */
function asciiDigit(character: string): string {
  if (character < "\x80" || !DIGIT.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}
