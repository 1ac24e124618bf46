/** Python's `repr` of a string, as its error messages quote values. */
export function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) out += quoted(character, quote, false);
  return out + quote;
}

/** Python's `ascii` of a string: `repr` with all that is not ASCII escaped. */
export function ascii(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) out += quoted(character, quote, true);
  return out + quote;
}

const NAMED: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

function quoted(character: string, quote: string, asciiOnly: boolean): string {
  if (character === quote) return `\\${character}`;
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character;
  if (code >= 0x7f && !asciiOnly && !UNPRINTABLE.test(character)) return character;
  return escaped(code);
}

function escaped(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
