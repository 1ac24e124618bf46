import { Anchor } from "./anchor.ts";
import type { BrokenLine, Comment, Entry, Header, Section } from "./document.ts";
import {
  AnchoredBrokenLine,
  AnchoredComment,
  AnchoredEntry,
  AnchoredHeader,
  AnchoredPiece,
  AnchoredSection,
} from "./parts.ts";
import { skipSpace, skipSpaceBack } from "./python/text.ts";
import { type ScannedLine, Scanner } from "./scan.ts";

/** The sections of a text, first what stands before any header. Their offsets count in the text. */
export function parseSections(text: string): Section[] {
  const building: Building = {
    text,
    keys: new Map(),
    current: openSection(null, "", 0, 0),
    closed: [],
    entry: null,
    blanks: [],
    indent: 0,
  };
  const scanner = new Scanner(text);
  let line = 0;
  for (let at = 0; at < text.length; line++) {
    const scanned = scanner.line(at);
    addLine(building, scanned, line);
    at = scanned.end;
  }
  closeSection(building, text.length);
  return building.closed;
}

type OpenSection = Pick<Section, "anchor" | "name"> & {
  header: Header | null;
  readonly entries: Entry[];
  readonly broken: BrokenLine[];
  readonly comments: Comment[];
};

/** Its numbers count from the section's anchor. */
type OpenEntry = {
  readonly key: string;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly delimiterFrom: number;
  readonly lineFrom: number;
  readonly valueFrom: number;
  valueTo: number;
  /** Null as long as there is only one, without a comment. */
  pieces: AnchoredPiece[] | null;
};

type Building = {
  readonly text: string;
  /** Keys in lower case, as they were met before: a file has few, but each many times. */
  readonly keys: Map<string, string>;
  readonly closed: Section[];
  current: OpenSection;
  entry: OpenEntry | null;
  /** Offsets and lines of the blank lines since the entry's last piece, by turns: they are a part of it where it goes on. */
  readonly blanks: number[];
  /** Indentation of the last header or entry: what is indented deeper continues the value above. */
  indent: number;
};

function addLine(building: Building, scanned: ScannedLine, line: number): void {
  if (scanned.contentStart >= scanned.contentEnd) {
    if (scanned.comment !== -1) addComment(building, scanned, line);
    else if (building.entry !== null) building.blanks.push(scanned.start, line);
    return;
  }
  if (building.entry !== null && scanned.indent > building.indent) {
    const comment = addComment(building, scanned, line);
    addPiece(building, scanned.contentStart, scanned.contentEnd, line, comment);
    return;
  }
  building.indent = scanned.indent;
  if (addHeader(building, scanned, line)) addComment(building, scanned, line);
  else addEntry(building, scanned, line);
}

function addComment(building: Building, scanned: ScannedLine, line: number): Comment | null {
  if (scanned.comment === -1) return null;
  const { anchor, comments } = building.current;
  const { offset } = anchor;
  const inline = scanned.contentStart < scanned.contentEnd;
  const from = scanned.comment - offset;
  const comment = new AnchoredComment(anchor, from, scanned.textEnd - offset, line - anchor.line, inline);
  comments.push(comment);
  return comment;
}

function addPiece(
  { entry, current, blanks }: Building,
  start: number,
  end: number,
  line: number,
  comment: Comment | null,
): void {
  if (entry === null) return;
  const { anchor } = current;
  const { valueFrom, valueTo, lineFrom } = entry;
  entry.pieces ??= [new AnchoredPiece(anchor, valueFrom, valueTo, lineFrom, null)];
  for (let index = 0; index < blanks.length; index += 2) {
    const blank = blanks[index] ?? 0;
    entry.pieces.push(pieceOf(anchor, blank, blank, blanks[index + 1] ?? 0, null));
  }
  blanks.length = 0;
  entry.pieces.push(pieceOf(anchor, start, end, line, comment));
}

function pieceOf(
  anchor: Anchor,
  start: number,
  end: number,
  line: number,
  comment: Comment | null,
): AnchoredPiece {
  return new AnchoredPiece(anchor, start - anchor.offset, end - anchor.offset, line - anchor.line, comment);
}

/** A header's name reaches to the last `]` of the line and has at least one character. */
function addHeader(building: Building, scanned: ScannedLine, line: number): boolean {
  const { text } = building;
  const { start, contentStart, contentEnd } = scanned;
  if (text[contentStart] !== "[") return false;
  const close = lastBracket(text, contentStart + 2, contentEnd);
  if (close === -1) return false;
  closeSection(building, start);
  const after = skipSpace(text, close + 1, contentEnd);
  const ignored = after < contentEnd ? { start: after - start, end: contentEnd - start } : null;
  const section = openSection(null, text.slice(contentStart + 1, close), start, line);
  const to = close + 1 - start;
  section.header = new AnchoredHeader(section.anchor, contentStart - start, to, 0, ignored);
  building.current = section;
  return true;
}

function lastBracket(text: string, from: number, end: number): number {
  for (let at = end - 1; at >= from; at--) if (text[at] === "]") return at;
  return -1;
}

function addEntry(building: Building, scanned: ScannedLine, line: number): void {
  const { text } = building;
  const { contentStart, contentEnd } = scanned;
  const delimiter = findDelimiter(text, contentStart, contentEnd);
  const comment = addComment(building, scanned, line);
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
  const { anchor } = building.current;
  const start = skipSpace(text, delimiter + 1, contentEnd);
  const end = Math.max(start, contentEnd);
  building.entry = {
    key: keyOf(building, text.slice(contentStart, keyEnd)),
    keyFrom: contentStart - anchor.offset,
    keyTo: keyEnd - anchor.offset,
    delimiterFrom: delimiter - anchor.offset,
    lineFrom: line - anchor.line,
    valueFrom: start - anchor.offset,
    valueTo: end - anchor.offset,
    pieces: comment === null ? null : [pieceOf(anchor, start, end, line, comment)],
  };
}

function keyOf({ keys }: Building, written: string): string {
  const known = keys.get(written);
  if (known !== undefined) return known;
  const key = written.toLowerCase();
  keys.set(written, key);
  return key;
}

function addBroken(
  building: Building,
  scanned: ScannedLine,
  line: number,
  reason: BrokenLine["reason"],
): void {
  const { anchor, broken } = building.current;
  const from = scanned.start - anchor.offset;
  const to = scanned.textEnd - anchor.offset;
  const terminated = scanned.end > scanned.textEnd;
  broken.push(new AnchoredBrokenLine(anchor, from, to, line - anchor.line, { terminated, reason }));
}

function findDelimiter(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3d || unit === 0x3a) return at;
  }
  return -1;
}

function openSection(header: Header | null, name: string, start: number, line: number): OpenSection {
  return { anchor: new Anchor(start, line), header, name, entries: [], broken: [], comments: [] };
}

function closeSection(building: Building, end: number): void {
  closeEntry(building);
  const { current, closed } = building;
  closed.push(new AnchoredSection(current, end - current.anchor.offset));
}

function closeEntry(building: Building): void {
  const { entry, text } = building;
  building.entry = null;
  building.blanks.length = 0;
  if (entry === null) return;
  const { anchor, entries } = building.current;
  const { offset } = anchor;
  const { pieces } = entry;
  const value =
    pieces === null
      ? text.slice(offset + entry.valueFrom, offset + entry.valueTo)
      : pieces.map(({ from, to }) => text.slice(offset + from, offset + to)).join("\n");
  entry.valueTo = pieces?.at(-1)?.to ?? entry.valueTo;
  entries.push(new AnchoredEntry(anchor, entry.key, entry, value, pieces));
}
