import type { Document, Entry, Section } from "../../daemon/config/document.ts";

/** What a line is to the formatter. */
export const LINE = {
  blank: 0,
  header: 1,
  /** Begins or continues an option. */
  entry: 2,
  /** A comment that stands alone, between options. */
  comment: 3,
  /** Blank or a comment, in the middle of a value. */
  inside: 4,
  /** Part of a section that Supervisor refuses: what its author meant is not known. */
  frozen: 5,
} as const;

/** One of `LINE` for each line of a file. */
export type LineKinds = Uint8Array;

/** Says of every line what it is. */
export function lineKinds(document: Document): LineKinds {
  const kinds = new Uint8Array(document.lines.starts.length);
  for (const section of [document.preamble, ...document.sections]) {
    for (const comment of section.comments) if (!comment.inline) kinds[comment.line] = LINE.comment;
    for (const entry of section.entries) {
      if (entry.lastLine > entry.line) fillEntry(kinds, entry);
      else kinds[entry.line] = LINE.entry;
    }
    if (section.broken.length > 0) freeze(kinds, section);
    if (section.header !== null) kinds[section.header.line] = LINE.header;
  }
  return kinds;
}

function fillEntry(kinds: LineKinds, { pieces, line: first, lastLine }: Entry): void {
  kinds.fill(LINE.inside, first, lastLine);
  for (const { range, line } of pieces) {
    if (line === first || range.end > range.start) kinds[line] = LINE.entry;
  }
}

function freeze(kinds: LineKinds, section: Section): void {
  const { header, broken, comments, entries } = section;
  const pieces = entries.flatMap((entry) => entry.pieces);
  const first = header?.line ?? 0;
  const last = [...broken, ...comments, ...pieces].reduce((most, { line }) => Math.max(most, line), first);
  kinds.fill(LINE.frozen, first, last + 1);
}
