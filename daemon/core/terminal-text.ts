/** Text for a terminal, and the beginning of a sequence that the end of the text cuts off. */
export type TerminalText = { readonly text: string; readonly pending: string };

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);

/** A terminal that is sent the beginning of a sequence waits no longer than this for its end. */
const LONGEST_SEQUENCE = 4096;

/** Colours and the like, and clearing the line. */
const HARMLESS = `${ESC}\\[[0-9;:]*[mK]`;

/** All others: they set the clipboard and titles, ask the terminal for answers, or write over what stands above. */
const SEQUENCES = [
  `${ESC}\\[[0-?]*[ -/]*[@-~]`,
  `${ESC}[\\]PX^_][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`,
  `${ESC}[ -/]*[0-OQ-WYZ\`-~\\\\]`,
];
const SEQUENCE = new RegExp(`(${HARMLESS})|${SEQUENCES.join("|")}|${controls()}`, "g");
const OPEN_SEQUENCE = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*|[\\]PX^_][^${BEL}${ESC}]*${ESC}?|[ -/]*)$`);

/** Takes out of a program's output what would act on the terminal that shows it. `pending` is of the piece before. */
export function terminalText(pending: string, piece: string): TerminalText {
  const whole = pending + piece;
  const from = Math.max(0, whole.length - LONGEST_SEQUENCE);
  const open = whole.slice(from).search(OPEN_SEQUENCE);
  const end = open === -1 ? whole.length : from + open;
  return {
    text: whole.slice(0, end).replace(SEQUENCE, (_, harmless: string | undefined) => harmless ?? ""),
    pending: whole.slice(end),
  };
}

/** Control characters but backspace, tab and those that end a line; in 8 bits some begin sequences as well. */
function controls(): string {
  const range = (from: number, to: number) => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`;
  return `[${range(0, 7)}${range(11, 12)}${range(14, 31)}${range(127, 159)}]`;
}
