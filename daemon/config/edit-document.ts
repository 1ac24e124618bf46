import { type Document, indexAround, type Section, SplitDocument, textIn } from "./document.ts";
import type { LineTable } from "./lines.ts";
import type { TextRange } from "./problem.ts";
import { parseSections } from "./sections.ts";

/**
 * The document after an edit of its text. Only the sections that the edit touches are split anew; the others are the
 * same objects, moved. The document before the edit must not be used any more.
 */
export function editDocument(document: Document, range: TextRange, newText: string): Document {
  const { preamble, sections } = document;
  const first = firstTouched(document, range.start);
  const next = firstUntouched(sections, range.end);
  const region = first === -1 ? { offset: 0, line: 0 } : anchorAt(sections, first);
  const after = sections[next];
  const grown = newText.length - (range.end - range.start);
  const { length, hasReturns } = document.lines;
  const end = after?.anchor.offset ?? length;
  const head = textIn(document, region.offset, range.start);
  const added = parseSections(ownCopy(head + newText + textIn(document, range.end, end)));
  const lines = {
    starts: editStarts(document.lines.starts, added.starts, region, after),
    length: length + grown,
    hasReturns: hasReturns || newText.includes("\r"),
  };
  for (const section of sections.slice(Math.max(first, 0), next)) section.anchor.dropped = true;
  if (first === -1) preamble.anchor.dropped = true;
  move([added.preamble, ...added.sections], region.offset, region.line);
  move(sections, grown, lines.starts.length - document.lines.starts.length, next);
  const kept = sections.slice(0, Math.max(first, 0));
  // Any other region begins with a header, so nothing stands before it.
  const leading = first === -1 ? added.preamble : preamble;
  return new SplitDocument(leading, kept.concat(added.sections, sections.slice(next)), lines, null);
}

/** A section that is split the same whatever stands before it. */
function isIndependent({ header, anchor }: Section): boolean {
  return header !== null && header.range.start === anchor.offset;
}

/** The last independent section whose header's line the edit leaves alone, so that it goes on being one; -1 for the preamble. */
function firstTouched({ sections, lines }: Document, start: number): number {
  let index = indexAround(sections, start);
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
  let index = indexAround(sections, end) + 1;
  for (; index < sections.length; index++) {
    const section = sections[index];
    if (section !== undefined && isIndependent(section)) break;
  }
  return index;
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

/** The list is the one before the edit, as of most edits: a copy with each key would fill the memory. */
function editStarts(
  starts: number[],
  startsInRegion: readonly number[],
  region: { readonly offset: number; readonly line: number },
  after: Section | undefined,
): number[] {
  const added = startsInRegion.map((start) => start + region.offset);
  const end = after?.anchor.line ?? starts.length;
  // The last start is that of the section behind the region, which the rest of the table has too.
  const moved = after === undefined ? 0 : (added.pop() ?? 0) - after.anchor.offset;
  for (let line = end; line < starts.length; line++) starts[line] = (starts[line] ?? 0) + moved;
  if (added.length !== end - region.line)
    return starts.slice(0, region.line).concat(added, starts.slice(end));
  added.forEach((start, index) => {
    starts[region.line + index] = start;
  });
  return starts;
}
