import { type LineTable, lineTable } from "./lines.ts";
import type { TextRange } from "./problem.ts";
import { skipSpace, skipSpaceBack } from "./python/text.ts";
import { type ScannedLine, scanLine } from "./scan.ts";

/**
 * A configuration file as it is written, nothing judged: every header, key, piece of a value and comment with its
 * offsets, split as Python's RawConfigParser splits it for Supervisor. All offsets count from the start of `text`.
 *
 * A section whose header stands at the start of a line depends on nothing before it.
 */
export type Document = {
  readonly text: string;
  readonly lines: LineTable;
  /** What stands before the first header. A fragment's entries there belong to `[supervisord]`. */
  readonly preamble: Section;
  readonly sections: readonly Section[];
};

export type Section = {
  /** Null for the preamble. */
  readonly header: Header | null;
  /** The header's text as written, the empty text for the preamble. */
  readonly name: string;
  /** From the header's line up to the next header's, `end` exclusive. */
  readonly range: TextRange;
  readonly entries: readonly Entry[];
  /** Lines that are neither header, entry, continuation nor comment: Supervisor refuses the file for them. */
  readonly broken: readonly BrokenLine[];
  readonly comments: readonly Comment[];
};

export type Header = {
  /** With its brackets. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Text after the closing bracket, which Supervisor ignores. */
  readonly ignored: TextRange | null;
  readonly line: number;
};

export type Entry = {
  /** In lower case, as Supervisor looks it up. */
  readonly key: string;
  readonly keyRange: TextRange;
  /** Offset of `=` or `:`. */
  readonly delimiter: number;
  /** One for each line of the value, blank lines inside it included. */
  readonly pieces: readonly Piece[];
  /** From the first piece to the end of the last. */
  readonly valueRange: TextRange;
  /** The pieces joined by line feeds. */
  readonly value: string;
  readonly line: number;
};

export type Piece = {
  readonly range: TextRange;
  readonly line: number;
  /** The comment that cuts this line of the value, null for none. */
  readonly comment: Comment | null;
};

export type Comment = {
  /** From `;` or `#` to the end of the line's text. */
  readonly range: TextRange;
  readonly line: number;
  /** Whether something other than white space stands before it on its line. */
  readonly inline: boolean;
};

type BrokenLine = {
  /** The line's text, without its line break. */
  readonly range: TextRange;
  readonly line: number;
  /** Whether the line ends with a line break. */
  readonly terminated: boolean;
  readonly reason: "no-delimiter" | "no-key";
};

/** Splits a configuration file into its parts; takes any text, in linear time. */
export function parseDocument(text: string): Document {
  const building: Building = { text, current: openSection(null, "", 0), closed: [], entry: null, indent: 0 };
  let line = 0;
  for (let at = 0; at < text.length; line++) {
    const scanned = scanLine(text, at);
    addLine(building, scanned, line);
    at = scanned.end;
  }
  closeSection(building, text.length);
  const [preamble, ...sections] = building.closed;
  if (preamble === undefined) throw new Error("cannot parse a document: no preamble");
  return { text, lines: lineTable(text), preamble, sections };
}

/** The text of a document, put together from its parts. */
export function serialise(document: Document): string {
  const marks = [document.preamble, ...document.sections].flatMap(partsOf).sort((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at) continue;
    text += document.text.slice(at, start) + document.text.slice(start, end);
    at = end;
  }
  return text + document.text.slice(at);
}

/** Where in the document a character of an entry's joined value stands. */
export function offsetOfValue(entry: Entry, index: number): number {
  let before = 0;
  for (const { range } of entry.pieces) {
    const length = range.end - range.start;
    if (index <= before + length) return range.start + (index - before);
    before += length + 1;
  }
  return entry.valueRange.end;
}

type OpenSection = {
  readonly header: Header | null;
  readonly name: string;
  readonly start: number;
  readonly entries: Entry[];
  readonly broken: BrokenLine[];
  readonly comments: Comment[];
};

type OpenEntry = Omit<Entry, "pieces" | "valueRange" | "value"> & { readonly pieces: Piece[] };

type Building = {
  readonly text: string;
  readonly closed: Section[];
  current: OpenSection;
  entry: OpenEntry | null;
  /** Indentation of the last header or entry: what is indented deeper continues the value above. */
  indent: number;
};

function addLine(building: Building, scanned: ScannedLine, line: number): void {
  const comment = commentOf(scanned, line);
  if (scanned.contentStart >= scanned.contentEnd) {
    if (comment !== null) building.current.comments.push(comment);
    else addPiece(building, scanned.start, scanned.start, line, null);
    return;
  }
  if (building.entry !== null && scanned.indent > building.indent) {
    addPiece(building, scanned.contentStart, scanned.contentEnd, line, comment);
    if (comment !== null) building.current.comments.push(comment);
    return;
  }
  building.indent = scanned.indent;
  if (!addHeader(building, scanned, line)) addEntry(building, scanned, line, comment);
  if (comment !== null) building.current.comments.push(comment);
}

function commentOf(scanned: ScannedLine, line: number): Comment | null {
  if (scanned.comment === -1) return null;
  const inline = scanned.contentStart < scanned.contentEnd;
  return { range: { start: scanned.comment, end: scanned.textEnd }, line, inline };
}

function addPiece(
  building: Building,
  start: number,
  end: number,
  line: number,
  comment: Comment | null,
): void {
  building.entry?.pieces.push({ range: { start, end }, line, comment });
}

/** A header's name reaches to the last `]` of the line and has at least one character. */
function addHeader(building: Building, scanned: ScannedLine, line: number): boolean {
  const { text } = building;
  const { contentStart, contentEnd } = scanned;
  if (text[contentStart] !== "[") return false;
  const close = lastBracket(text, contentStart + 2, contentEnd);
  if (close === -1) return false;
  closeSection(building, scanned.start);
  const after = skipSpace(text, close + 1, contentEnd);
  const header: Header = {
    range: { start: contentStart, end: close + 1 },
    nameRange: { start: contentStart + 1, end: close },
    ignored: after < contentEnd ? { start: after, end: contentEnd } : null,
    line,
  };
  building.current = openSection(header, text.slice(contentStart + 1, close), scanned.start);
  return true;
}

function lastBracket(text: string, from: number, end: number): number {
  for (let at = end - 1; at >= from; at--) if (text[at] === "]") return at;
  return -1;
}

function addEntry(building: Building, scanned: ScannedLine, line: number, comment: Comment | null): void {
  const { text } = building;
  const { contentStart, contentEnd } = scanned;
  const delimiter = findDelimiter(text, contentStart, contentEnd);
  if (delimiter === -1) {
    addBroken(building, scanned, line, "no-delimiter");
    return;
  }
  closeEntry(building);
  const keyEnd = skipSpaceBack(text, contentStart, delimiter);
  if (keyEnd === contentStart) {
    addBroken(building, scanned, line, "no-key");
    return;
  }
  const start = skipSpace(text, delimiter + 1, contentEnd);
  building.entry = {
    key: text.slice(contentStart, keyEnd).toLowerCase(),
    keyRange: { start: contentStart, end: keyEnd },
    delimiter,
    pieces: [{ range: { start, end: Math.max(start, contentEnd) }, line, comment }],
    line,
  };
}

function addBroken(
  building: Building,
  scanned: ScannedLine,
  line: number,
  reason: BrokenLine["reason"],
): void {
  const range = { start: scanned.start, end: scanned.textEnd };
  building.current.broken.push({ range, line, terminated: scanned.end > scanned.textEnd, reason });
}

function findDelimiter(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3d || unit === 0x3a) return at;
  }
  return -1;
}

function openSection(header: Header | null, name: string, start: number): OpenSection {
  return { header, name, start, entries: [], broken: [], comments: [] };
}

function closeSection(building: Building, end: number): void {
  closeEntry(building);
  const { header, name, start, entries, broken, comments } = building.current;
  building.closed.push({ header, name, range: { start, end }, entries, broken, comments });
}

function closeEntry(building: Building): void {
  const { entry, text } = building;
  building.entry = null;
  if (entry === null) return;
  const pieces = withoutTrailingBlanks(entry.pieces);
  const first = pieces[0]?.range ?? entry.keyRange;
  const last = pieces.at(-1)?.range ?? first;
  const value = pieces.map(({ range }) => text.slice(range.start, range.end)).join("\n");
  building.current.entries.push({
    ...entry,
    pieces,
    valueRange: { start: first.start, end: last.end },
    value,
  });
}

function withoutTrailingBlanks(pieces: readonly Piece[]): readonly Piece[] {
  let count = pieces.length;
  while (count > 1 && isBlank(pieces[count - 1])) count--;
  return count === pieces.length ? pieces : pieces.slice(0, count);
}

function isBlank(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.range.start === piece.range.end;
}

function partsOf(section: Section): TextRange[] {
  const header = section.header === null ? [] : [section.header.range];
  const entries = section.entries.flatMap(({ keyRange, pieces }) => [
    keyRange,
    ...pieces.map((p) => p.range),
  ]);
  return [
    ...header,
    ...entries,
    ...section.broken.map((b) => b.range),
    ...section.comments.map((c) => c.range),
  ];
}
