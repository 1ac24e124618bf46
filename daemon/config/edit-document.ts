import type { Document, Section } from "./document.ts";
import type { LineTable } from "./lines.ts";
import type { TextRange } from "./problem.ts";
import { parseSections } from "./sections.ts";

/**
 * The document after an edit of its text. Only the sections that the edit touches are split anew; the others are the
 * same objects, moved. The document before the edit must not be used any more.
 */
export function editDocument(document: Document, range: TextRange, newText: string): Document {
  const { text: before, preamble, sections } = document;
  const text = before.slice(0, range.start) + newText + before.slice(range.end);
  const first = firstTouched(document, range.start);
  const next = firstUntouched(sections, range.end);
  const region = first === -1 ? { offset: 0, line: 0 } : anchorAt(sections, first);
  const after = sections[next];
  const grown = newText.length - (range.end - range.start);
  const end = after === undefined ? text.length : after.anchor.offset + grown;
  const part = ownCopy(text.slice(region.offset, end));
  const added = parseSections(part);
  const lines = editLines(document.lines, text, added.starts, region, after);
  for (const section of sections.slice(Math.max(first, 0), next)) section.anchor.dropped = true;
  if (first === -1) preamble.anchor.dropped = true;
  move([added.preamble, ...added.sections], region.offset, region.line);
  move(sections, grown, lines.starts.length - document.lines.starts.length, next);
  const kept = sections.slice(0, Math.max(first, 0));
  return {
    text,
    lines,
    // Any other region begins with a header, so nothing stands before it.
    preamble: first === -1 ? added.preamble : preamble,
    sections: kept.concat(added.sections, sections.slice(next)),
  };
}

/** A section that is split the same whatever stands before it. */
function isIndependent({ header, anchor }: Section): boolean {
  return header !== null && header.range.start === anchor.offset;
}

/** The last independent section whose header's line the edit leaves alone, so that it goes on being one; -1 for the preamble. */
function firstTouched({ sections, lines }: Document, start: number): number {
  let index = lastStartingBy(sections, start);
  while (index >= 0 && !isBefore(sections[index], lines, start)) index--;
  return index;
}

function isBefore(section: Section | undefined, lines: LineTable, start: number): boolean {
  if (section === undefined || !isIndependent(section)) return false;
  const next = lines.starts[section.anchor.line + 1];
  return next !== undefined && next <= start;
}

/** The first independent section whose header's line and the line break before it are out of the edit's reach. */
function firstUntouched(sections: readonly Section[], end: number): number {
  let index = lastStartingBy(sections, end) + 1;
  for (; index < sections.length; index++) {
    const section = sections[index];
    if (section !== undefined && isIndependent(section)) break;
  }
  return index;
}

/** Index of the last section that starts at an offset or before it, -1 for none. */
function lastStartingBy(sections: readonly Section[], offset: number): number {
  let low = -1;
  let high = sections.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sections[middle]?.anchor.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function anchorAt(sections: readonly Section[], index: number) {
  const { offset, line } = sections[index]?.anchor ?? { offset: 0, line: 0 };
  return { offset, line };
}

function move(sections: readonly Section[], offset: number, line: number, from = 0): void {
  if (offset === 0 && line === 0) return;
  for (let index = from; index < sections.length; index++) {
    const anchor = sections[index]?.anchor;
    if (anchor === undefined) continue;
    anchor.offset += offset;
    anchor.line += line;
  }
}

/** Parts of a string keep all of it in memory: without a copy each edit would leave a whole file behind. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

/** The table is the one before the edit, as of most edits: a copy with each key would fill the memory. */
function editLines(
  { starts }: LineTable,
  text: string,
  startsInRegion: readonly number[],
  region: { readonly offset: number; readonly line: number },
  after: Section | undefined,
): LineTable {
  const added = startsInRegion.map((start) => start + region.offset);
  const end = after?.anchor.line ?? starts.length;
  // The last start is that of the section behind the region, which the rest of the table has too.
  const moved = after === undefined ? 0 : (added.pop() ?? 0) - after.anchor.offset;
  for (let line = end; line < starts.length; line++) starts[line] = (starts[line] ?? 0) + moved;
  if (added.length !== end - region.line)
    return { text, starts: starts.slice(0, region.line).concat(added, starts.slice(end)) };
  added.forEach((start, index) => {
    starts[region.line + index] = start;
  });
  return { text, starts };
}
