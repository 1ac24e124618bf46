import type { Comment, Document, Entry, Piece, Section } from "../../daemon/config/document.ts";
import { lineEnd } from "../../daemon/config/lines.ts";
import { skipSpaceBack } from "../../daemon/config/python/text.ts";
import { kindOf, optionOf, type ValueType } from "../../daemon/config/schema.ts";
import type { Change } from "./changes.ts";
import { LINE, type LineKinds } from "./formatting-lines.ts";

/** How lines are to look. */
export type Shape = {
  /** `key = value` rather than `key=value`. */
  readonly isSpaced: boolean;
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  /** Whether headers and options move to the start of their lines: only all of a file's may. */
  readonly outdents: boolean;
};

/** The changes inside the lines of one section. */
export function lineChanges(document: Document, section: Section, kinds: LineKinds, shape: Shape): Change[] {
  const { header } = section;
  const changes = header === null ? [] : headerChanges(document, section, shape);
  if (section.broken.length > 0) return changes;
  for (const entry of section.entries) changes.push(...entryChanges(document, section, entry, shape));
  for (const comment of section.comments) {
    if (comment.inline) continue;
    changes.push(...trimmed(document, comment.line));
    if (shape.outdents && kinds[comment.line] === LINE.comment) changes.push(...outdented(document, comment));
  }
  return changes.filter((change) => document.text.slice(change.start, change.end) !== change.newText);
}

/** A header at the start of its line is one whatever stands before it, so it moves there in any case. */
function headerChanges(document: Document, { header }: Section, { outdents }: Shape): Change[] {
  if (header === null) return [];
  return [...(outdents ? outdented(document, header) : []), ...trimmed(document, header.line)].filter(
    ({ start, end }) => end > start,
  );
}

function outdented(document: Document, { line, range }: Pick<Comment, "line" | "range">): Change[] {
  return [{ start: document.lines.starts[line] ?? 0, end: range.start, newText: "" }];
}

function trimmed({ text, lines }: Document, line: number): Change[] {
  const end = lineEnd(lines, line);
  const start = skipSpaceBack(text, lines.starts[line] ?? 0, end);
  return start === end ? [] : [{ start, end, newText: "" }];
}

function entryChanges(document: Document, section: Section, entry: Entry, shape: Shape): Change[] {
  const { keyRange, pieces } = entry;
  const [first] = pieces;
  if (first === undefined) return [];
  const lineStart = document.lines.starts[entry.line] ?? 0;
  const signRange = { start: keyRange.end, end: first.range.start };
  const sign = signOf(document, entry, first, shape);
  const indent = shape.outdents ? [{ start: lineStart, end: keyRange.start, newText: "" }] : [];
  const trims = pieces.flatMap(({ line }) => trimmed(document, line));
  const isOutdented = shape.outdents || keyRange.start === lineStart;
  const continued =
    isOutdented && pieces.length > 1 ? continuationChanges(document, section, entry, sign, shape) : [];
  return [...indent, { ...signRange, newText: sign }, ...trims, ...continued];
}

/** The sign between key and value. A comment's sign behind white space would cut the value, so it gets none. */
function signOf({ text }: Document, { delimiter }: Entry, { range }: Piece, { isSpaced }: Shape): string {
  const sign = text[delimiter] ?? "=";
  const before = sign === "=" && isSpaced ? " " : "";
  const isEmpty = range.end === range.start;
  const cutsItself = /[;#]/.test(text[range.start] ?? "");
  const after = (sign === ":" || isSpaced) && !isEmpty && !cutsItself ? " " : "";
  return before + sign + after;
}

const LISTS: ReadonlySet<ValueType> = new Set([
  "environment",
  "program-names",
  "events",
  "exitcodes",
  "globs",
]);

/** The lines of a list are aligned with each other; those of a script keep their steps. */
function continuationChanges(
  document: Document,
  section: Section,
  entry: Entry,
  sign: string,
  shape: Shape,
): Change[] {
  const { text, lines } = document;
  const [first, ...rest] = entry.pieces;
  const continued = rest.filter(({ range }) => range.end > range.start);
  if (first === undefined || continued.length === 0) return [];
  const columns = continued.map((piece) =>
    columnOf(text, lines.starts[piece.line] ?? 0, piece.range.start, shape),
  );
  const least = Math.min(...columns);
  const base = isAligned(document, entry, first, least, shape)
    ? width(text.slice(entry.keyRange.start, entry.keyRange.end) + sign, shape)
    : shape.tabSize;
  const isList = LISTS.has(typeOf(section, entry));
  return continued.map((piece, index) => ({
    start: lines.starts[piece.line] ?? 0,
    end: piece.range.start,
    newText: indentation(isList ? base : base + (columns[index] ?? least) - least, shape),
  }));
}

/** Whether the lines begin below the value's own first line. */
function isAligned(
  { text, lines }: Document,
  entry: Entry,
  first: Piece,
  least: number,
  shape: Shape,
): boolean {
  if (first.range.end === first.range.start) return false;
  return least === columnOf(text, lines.starts[entry.line] ?? 0, first.range.start, shape);
}

function typeOf(section: Section, entry: Entry): ValueType {
  const kind = kindOf(section.name);
  return (kind === null ? null : optionOf(kind, entry.key)?.type) ?? "text";
}

function indentation(columns: number, { insertSpaces, tabSize }: Shape): string {
  if (insertSpaces) return " ".repeat(columns);
  return "\t".repeat(Math.floor(columns / tabSize)) + " ".repeat(columns % tabSize);
}

function columnOf(text: string, lineStart: number, offset: number, shape: Shape): number {
  return width(text.slice(lineStart, offset), shape);
}

/** How many columns a text at the start of a line takes, its tabs included. */
function width(text: string, { tabSize }: Shape): number {
  let columns = 0;
  for (const character of text) columns += character === "\t" ? tabSize - (columns % tabSize) : 1;
  return columns;
}
