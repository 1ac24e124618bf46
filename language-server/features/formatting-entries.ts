import type { Document, Entry, Piece, Section } from "../../daemon/config/document.ts";
import { lineEnd } from "../../daemon/config/lines.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
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

/** The changes inside the lines of one section. Most lines need none, so that nothing is made for them. */
export function lineChanges(document: Document, section: Section, kinds: LineKinds, shape: Shape): Change[] {
  const changes: Change[] = [];
  const { header } = section;
  if (header !== null) {
    if (shape.outdents) outdent(changes, document, header.line, header.range.start);
    trim(changes, document, header.line);
  }
  if (section.broken.length > 0) return changes;
  for (const entry of section.entries) addEntryChanges(changes, document, section, entry, shape);
  for (const comment of section.comments) {
    if (comment.inline) continue;
    const { line } = comment;
    if (shape.outdents && kinds[line] === LINE.comment) outdent(changes, document, line, comment.range.start);
    trim(changes, document, line);
  }
  return changes;
}

function outdent(changes: Change[], { lines }: Document, line: number, start: number): void {
  const lineStart = lines.starts[line] ?? 0;
  if (lineStart < start) changes.push({ start: lineStart, end: start, newText: "" });
}

function trim(changes: Change[], { text, lines }: Document, line: number): void {
  const end = lineEnd(lines, line);
  const start = skipSpaceBack(text, lines.starts[line] ?? 0, end);
  if (start < end) changes.push({ start, end, newText: "" });
}

function replace(changes: Change[], { text }: Document, start: number, end: number, newText: string): void {
  const isSame = end - start === newText.length && text.startsWith(newText, start);
  if (!isSame) changes.push({ start, end, newText });
}

function addEntryChanges(
  changes: Change[],
  document: Document,
  section: Section,
  entry: Entry,
  shape: Shape,
): void {
  const { keyRange, line, lastLine } = entry;
  const pieces = lastLine === line ? [] : entry.pieces;
  const first = pieces[0]?.range ?? entry.valueRange;
  const sign = signOf(document, entry.delimiter, first, shape);
  if (shape.outdents) outdent(changes, document, line, keyRange.start);
  replace(changes, document, keyRange.end, first.start, sign);
  trim(changes, document, line);
  for (const piece of pieces.slice(1)) trim(changes, document, piece.line);
  const isOutdented = shape.outdents || keyRange.start === document.lines.starts[line];
  if (!isOutdented || lastLine === line) return;
  for (const { start, end, newText } of continuationChanges(document, section, entry, sign, shape)) {
    replace(changes, document, start, end, newText);
  }
}

/** The sign between key and value. A comment's sign behind white space would cut the value, so it gets none. */
function signOf(
  { text }: Document,
  delimiter: number,
  { start, end }: TextRange,
  { isSpaced }: Shape,
): string {
  const sign = text[delimiter] ?? "=";
  const before = sign === "=" && isSpaced ? " " : "";
  const isEmpty = end === start;
  const cutsItself = text[start] === ";" || text[start] === "#";
  const after = (sign === ":" || isSpaced) && !isEmpty && !cutsItself ? " " : "";
  return before + sign + after;
}

const LISTS: ReadonlySet<ValueType> = new Set([
  "environment",
  "program-names",
  "events",
  "exitcodes",
  "globs",
  "env-files",
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
