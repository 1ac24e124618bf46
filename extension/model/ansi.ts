/** Text without terminal sequences, and the beginning of one that the end of the text cuts off. */
export type Stripped = { readonly text: string; readonly pending: string };

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);
const LONGEST_SEQUENCE = 4096;

const SEQUENCE_FORMS = [
  "\\[[0-?]*[ -/]*[@-~]", // colours and cursor movement
  `\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`, // titles and links
  `[PX^_][^${ESC}]*${ESC}\\\\`,
  "[ -/]*[0-OQ-WYZ`-~\\\\]",
];
const SEQUENCE = new RegExp(`${ESC}(?:${SEQUENCE_FORMS.join("|")})`, "g");
/** A sequence that may still go on. */
const OPEN_SEQUENCE = new RegExp(
  `${ESC}(?:\\[[0-?]*[ -/]*|\\][^${BEL}${ESC}]*${ESC}?|[PX^_][^${ESC}]*${ESC}?|[ -/]*)$`,
);
const CONTROLS = new RegExp(
  `[${control(0)}-${control(8)}${control(11)}-${control(12)}${control(14)}-${control(31)}${control(127)}]`,
  "g",
);
/** Most output has nothing to take out. */
const UNUSUAL = new RegExp(`[${control(0)}-${control(8)}${control(11)}-${control(31)}${control(127)}]`);

/** Takes terminal sequences and control characters out of output that comes in pieces; `pending` is of the piece before. */
export function stripAnsi(pending: string, piece: string): Stripped {
  const raw = pending + piece;
  if (!UNUSUAL.test(raw)) return { text: raw, pending: "" };
  const whole = raw.replace(SEQUENCE, "");
  const cut = whole.slice(-LONGEST_SEQUENCE).search(OPEN_SEQUENCE);
  const start = cut === -1 ? whole.length : cut + Math.max(0, whole.length - LONGEST_SEQUENCE);
  const text = whole.slice(0, start).replace(/\r+\n/g, "\n").replace(CONTROLS, "");
  return { text, pending: whole.slice(start) };
}

function control(code: number): string {
  return String.fromCharCode(code);
}
