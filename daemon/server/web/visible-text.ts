/** Log text without terminal sequences, and what the end of the text may have cut in two. */
export type ReadableLog = { readonly text: string; readonly pending: string };

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);

/** A terminal is not expected to wait longer than this for the end of a sequence; neither is a page. */
const LONGEST_SEQUENCE = 4096;

const SEQUENCE = new RegExp(
  [
    `${ESC}\\[[0-?]*[ -/]*[@-~]`,
    `${ESC}[\\]PX^_][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`,
    `${ESC}[ -/]*[0-OQ-WYZ\`-~\\\\]`,
  ].join("|"),
  "g",
);
const CUT_SEQUENCE = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*|[\\]PX^_][^${BEL}${ESC}]*${ESC}?|[ -/]*)$`);

/** Characters that cannot be seen, or that make the ones around them look other than they are. */
const HIDDEN = new RegExp(
  `[${range(0, 8)}${range(11, 31)}${range(127, 159)}${range(0x200b, 0x200f)}${range(0x202a, 0x202e)}${range(0x2060, 0x2069)}]`,
  "g",
);

/** Makes a piece of a log readable: no terminal sequences, plain line ends, nothing hidden. `pending` is of the piece before. */
export function readableLog(pending: string, piece: string): ReadableLog {
  const whole = (pending + piece).replace(SEQUENCE, "");
  const start = cutAt(whole);
  return {
    text: visible(whole.slice(0, start).replace(/\r+\n?/g, "\n")),
    pending: whole.slice(start),
  };
}

/** Text in which characters that hide or deceive are spelled out: `<U+202E>`. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/** Where the text begins that only what follows makes clear: a sequence, or a carriage return. */
function cutAt(text: string): number {
  if (text.endsWith("\r")) return text.length - 1;
  const from = Math.max(0, text.length - LONGEST_SEQUENCE);
  const cut = text.slice(from).search(CUT_SEQUENCE);
  return cut === -1 ? text.length : from + cut;
}

function range(from: number, to: number): string {
  return `${String.fromCharCode(from)}-${String.fromCharCode(to)}`;
}
