import { Anchor } from "./anchor.ts";
import type { BrokenLine, Comment, Entry, Header, Section } from "./document.ts";
import { KeyLayout } from "./key-layout.ts";
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

/** A text in its parts. Offsets and lines count in the text. */
type SplitText = {
  /** What stands before any header. */
  readonly preamble: Section;
  readonly sections: readonly Section[];
  /** Offsets at which lines start. */
  readonly starts: number[];
};

/** The sections of a text. */
export function parseSections(text: string): SplitText {
  const layout = KeyLayout.empty();
  const building: Building = {
    text,
    keys: new Map(),
    layout,
    current: openSection(null, "", new Anchor(0, 0), layout),
    closed: [],
    entry: null,
    pieces: null,
    blanks: [],
    indent: 0,
  };
  const starts = [0];
  const scanner = new Scanner(text);
  for (let at = 0; at < text.length; ) {
    const scanned = scanner.line(at);
    addLine(building, scanned, starts.length - 1);
    at = scanned.end;
    if (at > scanned.textEnd) starts.push(at);
  }
  const last = closeSection(building, text.length);
  const [preamble = last, ...sections] = building.closed;
  return { preamble, sections, starts };
}

type OpenSection = Pick<Section, "anchor" | "name" | "header"> & {
  layout: KeyLayout;
  readonly entries: Entry[];
  readonly broken: BrokenLine[];
  readonly comments: Comment[];
};

type Building = {
  readonly text: string;
  /** Keys in lower case, as they were met before: a file has few, but each many times. */
  readonly keys: Map<string, string>;
  /** What all layouts of the text are made from. */
  readonly layout: KeyLayout;
  readonly closed: Section[];
  current: OpenSection;
  /** The entry that goes on with what is indented, as if its first line were all of it. */
  entry: AnchoredEntry | null;
  /** All lines of its value that are met; null as long as that is the first alone. */
  pieces: AnchoredPiece[] | null;
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
  building: Building,
  start: number,
  end: number,
  line: number,
  comment: Comment | null,
): void {
  const { entry, current, blanks } = building;
  if (entry === null) return;
  const { anchor } = current;
  building.pieces ??= [...entry.pieces];
  for (let index = 0; index < blanks.length; index += 2) {
    const blank = blanks[index] ?? 0;
    building.pieces.push(pieceOf(anchor, blank, blank, blanks[index + 1] ?? 0, null));
  }
  blanks.length = 0;
  building.pieces.push(pieceOf(anchor, start, end, line, comment));
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
  const anchor = new Anchor(start, line);
  const header = new AnchoredHeader(anchor, contentStart - start, close + 1 - start, 0, ignored);
  building.current = openSection(header, text.slice(contentStart + 1, close), anchor, building.layout);
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
  const { current } = building;
  const { anchor } = current;
  const { offset } = anchor;
  const start = skipSpace(text, delimiter + 1, contentEnd);
  const end = Math.max(start, contentEnd);
  const key = keyOf(building, contentStart, keyEnd);
  const pieces = comment === null ? null : [pieceOf(anchor, start, end, line, comment)];
  building.entry = new AnchoredEntry(
    anchor,
    key,
    line - anchor.line,
    contentStart - offset,
    keyEnd - offset,
    delimiter - offset,
    start - offset,
    text.slice(start, end),
    pieces,
  );
  current.layout = current.layout.with(key);
}

function keyOf({ text, keys, current }: Building, start: number, end: number): string {
  const { likely } = current.layout;
  if (likely?.length === end - start && text.startsWith(likely, start)) return likely;
  const written = text.slice(start, end);
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

function openSection(header: Header | null, name: string, anchor: Anchor, layout: KeyLayout): OpenSection {
  return { anchor, header, name, layout, entries: [], broken: [], comments: [] };
}

function closeSection(building: Building, end: number): Section {
  closeEntry(building);
  const { text, current, closed } = building;
  const section = new AnchoredSection(current, text.slice(current.anchor.offset, end));
  closed.push(section);
  return section;
}

function closeEntry(building: Building): void {
  const { entry, pieces } = building;
  building.entry = null;
  building.pieces = null;
  building.blanks.length = 0;
  if (entry === null) return;
  building.current.entries.push(pieces === null ? entry : entry.of(joined(building, pieces), pieces));
}

function joined({ text, current }: Building, pieces: readonly AnchoredPiece[]): string {
  const { offset } = current.anchor;
  return pieces.map(({ from, to }) => text.slice(offset + from, offset + to)).join("\n");
}
