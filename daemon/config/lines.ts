/**
 * Offsets at which the lines of a text start; a line ends with CR LF, CR or LF, as Python's universal newlines have it.
 * An edit of a document changes them in place.
 */
export type LineTable = {
  readonly text: string;
  readonly length: number;
  readonly starts: number[];
  /** Whether lines may end otherwise than with a line feed alone. */
  readonly hasReturns: boolean;
};

/** Zero-based line and UTF-16 character, as editors count. */
export type Position = { readonly line: number; readonly character: number };

/** Finds where the lines of a text start. */
export function lineTable(text: string): LineTable {
  const starts = [0];
  const hasReturns = text.includes("\r");
  const next = hasReturns ? nextLine : afterLineFeed;
  for (let at = next(text, 0); at !== -1; at = next(text, at)) starts.push(at);
  return { text, length: text.length, starts, hasReturns };
}

/** The line and character of an offset; offsets outside the text count as its nearest end. */
export function positionAt(table: LineTable, offset: number): Position {
  const within = Math.max(0, Math.min(offset, table.length));
  let low = 0;
  let high = table.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table.starts[middle] ?? 0) <= within) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: within - (table.starts[low] ?? 0) };
}

/** The offset of a line and character; a character past the line's end counts as its end. */
export function offsetAt(table: LineTable, position: Position): number {
  if (position.line < 0) return 0;
  const start = table.starts[position.line];
  if (start === undefined) return table.length;
  return Math.min(start + Math.max(0, position.character), lineEnd(table, position.line));
}

/** The offset at which a line's text ends, before its line break. */
export function lineEnd(table: LineTable, line: number): number {
  const next = table.starts[line + 1];
  if (next === undefined) return table.length;
  if (!table.hasReturns) return next - 1;
  const crlf = table.text.charCodeAt(next - 1) === LF && table.text.charCodeAt(next - 2) === CR;
  return next - (crlf && next - 2 >= (table.starts[line] ?? 0) ? 2 : 1);
}

const LF = 10;
const CR = 13;

function afterLineFeed(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? -1 : at + 1;
}

function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LF) return at + 1;
    if (unit === CR) return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }
  return -1;
}
