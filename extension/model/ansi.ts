/** Text without some of its terminal sequences, and the beginning of one that the end of the text cuts off. */
export type Stripped = { readonly text: string; readonly pending: string };

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);
const LONGEST_SEQUENCE = 4096;

const SEQUENCE_FORMS = [
  "\\[[0-?]*[ -/]*[@-~]", // colours and cursor movement
  `\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`, // titles, links, the clipboard
  `[PX^_][^${ESC}]*${ESC}\\\\`,
  "[ -/]*[0-OQ-WYZ`-~\\\\]",
];
/** All but tab, line feed and carriage return. Those above 127 begin sequences, too. */
const CONTROL = `[${range(0, 8)}${range(11, 12)}${range(14, 31)}${range(127, 159)}]`;
const SPECIAL = new RegExp(`${ESC}(?:${SEQUENCE_FORMS.join("|")})|${CONTROL}`, "g");
/** A sequence that may still go on. */
const OPEN_SEQUENCE = new RegExp(
  `${ESC}(?:\\[[0-?]*[ -/]*|\\][^${BEL}${ESC}]*${ESC}?|[PX^_][^${ESC}]*${ESC}?|[ -/]*)$`,
);
/** Most output has nothing to take out. */
const UNUSUAL = new RegExp(`\r|${CONTROL}`);

/** Takes terminal sequences and control characters out of output that comes in pieces; `pending` is of the piece before. */
export function stripAnsi(pending: string, piece: string): Stripped {
  return filter(pending, piece, () => false);
}

/**
 * The same for a terminal of ours that shows one program: colours, links to web pages and moves within the text stay.
 * What would change the terminal's modes or title, reach the clipboard, clear the log or have the terminal answer goes.
 */
export function forTerminal(pending: string, piece: string): Stripped {
  return filter(
    pending,
    piece,
    (special) => COLOUR.test(special) || MOVE.test(special) || isWebLink(special),
  );
}

/** The same for a terminal that shows several programs, where nothing may move. */
export function forSharedTerminal(pending: string, piece: string): Stripped {
  return filter(pending, piece, (special) => COLOUR.test(special) || isWebLink(special));
}

const COLOUR = new RegExp(`^${ESC}\\[[\\d;:]*m$`);
const MOVE = new RegExp(`^(?:\b|${ESC}\\[[\\d;]*[A-DGK])$`);
const LINK = new RegExp(`^${ESC}\\]8;[^;]*;(?<url>[^${BEL}${ESC}]*)`);

function isWebLink(special: string): boolean {
  const url = LINK.exec(special)?.groups?.url;
  return url === "" || (url !== undefined && /^https?:\/\//i.test(url));
}

function filter(pending: string, piece: string, stays: (special: string) => boolean): Stripped {
  const raw = pending + piece;
  if (!UNUSUAL.test(raw)) return { text: raw, pending: "" };
  const cut = raw.slice(-LONGEST_SEQUENCE).search(OPEN_SEQUENCE);
  const start = cut === -1 ? raw.length : cut + Math.max(0, raw.length - LONGEST_SEQUENCE);
  const text = raw.slice(0, start).replace(SPECIAL, (special) => (stays(special) ? special : ""));
  return { text: text.replace(/\r+\n/g, "\n"), pending: raw.slice(start) };
}

function range(first: number, last: number): string {
  return `${String.fromCharCode(first)}-${String.fromCharCode(last)}`;
}
