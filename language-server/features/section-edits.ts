import type { Document, Entry, Section } from "../../daemon/config/document.ts";
import { lineEnd } from "../../daemon/config/lines.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { skipSpace } from "../../daemon/config/python/text.ts";
import type { Change } from "./changes.ts";

/** The value in force among the entries of a section: the last one's. */
export function entryOf(section: Section, key: string): Entry | undefined {
  return section.entries.findLast((entry) => entry.key === key);
}

/** Gives an option a value: in its place where it is written, else on a line of its own at the end of the section. */
export function optionSet(document: Document, section: Section, key: string, value: string): Change {
  const entry = entryOf(section, key);
  if (entry !== undefined) return { ...plain(entry.valueRange), newText: value };
  const last = section.entries.at(-1);
  const line = last?.lastLine ?? section.header?.line ?? 0;
  const lineStart = document.lines.starts[last?.line ?? line] ?? 0;
  const indent = document.text.slice(
    lineStart,
    skipSpace(document.text, lineStart, last?.keyRange.start ?? lineStart),
  );
  const at = lineEnd(document.lines, line);
  return { start: at, end: at, newText: `${lineBreakOf(document)}${indent}${key}=${value}` };
}

/** Takes an option's lines out. */
export function optionRemoved(document: Document, entry: Entry): Change {
  const { starts, text } = document.lines;
  const last = entry.lastLine;
  return { start: starts[entry.line] ?? 0, end: starts[last + 1] ?? text.length, newText: "" };
}

/** The whole lines of a section: with the comments right above its header, without those of the next one's. */
export function sectionBlock(document: Document, section: Section): TextRange {
  const { starts, text } = document.lines;
  const next = document.sections[document.sections.indexOf(section) + 1];
  const first = topOf(document, section);
  const end = next === undefined ? text.length : (starts[topOf(document, next)] ?? text.length);
  return { start: starts[first] ?? 0, end };
}

/** How the lines of a file end. */
export function lineBreakOf({ text }: Document): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}

/** The first of the comment lines right above a header, where they stand apart from what is above them. */
function topOf({ text, lines }: Document, { header }: Section): number {
  const line = header?.line ?? 0;
  const lineText = (index: number) => text.slice(lines.starts[index] ?? 0, lineEnd(lines, index)).trim();
  let top = line;
  while (top > 0 && /^[;#]/.test(lineText(top - 1))) top--;
  return top === 0 || lineText(top - 1) === "" ? top : line;
}

function plain({ start, end }: TextRange): TextRange {
  return { start, end };
}
