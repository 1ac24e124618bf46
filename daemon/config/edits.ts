import type { Context } from "./context.ts";
import { type Document, offsetOfValue, sectionAround } from "./document.ts";
import { lineEnd, positionAt } from "./lines.ts";
import type { Fix, TextEdit, TextRange } from "./problem.ts";
import { type Message, say } from "./say.ts";
import type { Stored, StoredSection } from "./store.ts";

/** A fix that is right without a second look. */
export function surely(title: Message, ...edits: TextEdit[]): readonly Fix[] {
  return [{ title, edits, preferred: true }];
}

/** A fix that the user should look at. */
export function maybe(title: Message, ...edits: TextEdit[]): readonly Fix[] {
  return [{ title, edits, preferred: false }];
}

/** A fix that makes a folder; none for a path whose place is not known. */
export function folderMade(folder: string): readonly Fix[] {
  if (!folder.startsWith("/")) return [];
  return [{ title: say`Create the folder ${folder}`, edits: [], preferred: false, folder }];
}

/** Puts another text in the place of a range. */
export function replace(file: string, range: TextRange, newText: string): TextEdit {
  return { file, range, newText };
}

/** Writes another value for an option, on one line. */
export function replaceValue(stored: Stored, newText: string): TextEdit {
  return { file: stored.file, range: stored.entry.valueRange, newText: newText.replaceAll("\n", " ") };
}

/** Puts a text into an option's value as written, before the character at `index`. */
export function insertIntoValue(stored: Stored, index: number, newText: string): TextEdit {
  const at = offsetOfValue(stored.entry, index);
  return { file: stored.file, range: { start: at, end: at }, newText };
}

/** Takes an option's lines out of its file. */
export function removeEntry(context: Context, stored: Stored): TextEdit {
  const { file, entry } = stored;
  return { file, range: lineRange(context, file, entry.line, entry.lastLine), newText: "" };
}

/** The whole lines `first..last`, with their line breaks. */
export function lineRange(context: Context, file: string, first: number, last: number): TextRange {
  const lines = context.documents.get(file)?.lines;
  const start = lines?.starts[first] ?? 0;
  return { start, end: lines?.starts[last + 1] ?? lines?.text.length ?? start };
}

/** Adds `option=value` at the end of what a section holds; null where the section is not written anywhere. */
export function addOption(context: Context, section: StoredSection, line: string): TextEdit | null {
  const place = section.places.at(-1);
  const document = place === undefined ? undefined : context.documents.get(place.file);
  if (place === undefined || document === undefined) return null;
  const around = sectionAround(document, place.range.start);
  const written = around.header?.range.start === place.range.start ? around : undefined;
  const last = written?.entries.at(-1);
  const lastLine = last?.lastLine ?? written?.header?.line ?? -1;
  const firstLine = last?.line ?? written?.header?.line ?? 0;
  const indent = /^[ \t]*/.exec(lineText(document, firstLine))?.[0] ?? "";
  const lineBreak = document.text.startsWith("\r\n", lineEnd(document.lines, firstLine)) ? "\r\n" : "\n";
  if (lastLine === -1) return { file: place.file, range: { start: 0, end: 0 }, newText: line + lineBreak };
  const at = lineEnd(document.lines, lastLine);
  return { file: place.file, range: { start: at, end: at }, newText: lineBreak + indent + line };
}

/** Gives an option a value: in its place where it is given, else at the end of the section. */
export function setOption(
  context: Context,
  section: StoredSection,
  name: string,
  value: string,
): readonly TextEdit[] {
  const stored = section.options.get(name);
  if (stored !== undefined) return [replaceValue(stored, value)];
  const added = addOption(context, section, `${name}=${value}`);
  return added === null ? [] : [added];
}

/** The line of an offset, counted from one, for messages. */
export function lineNumber(context: Context, file: string, offset: number): number {
  const document = context.documents.get(file);
  if (document === undefined) return 1;
  context.trace?.line(sectionAround(document, offset).anchor);
  return positionAt(document.lines, offset).line + 1;
}

function lineText(document: Document, line: number): string {
  return document.text.slice(document.lines.starts[line] ?? 0, lineEnd(document.lines, line));
}
