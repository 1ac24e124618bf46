import {
  type Comment,
  type Document,
  type Entry,
  type Piece,
  type Section,
  sectionAround,
} from "../../daemon/config/document.ts";
import { positionAt } from "../../daemon/config/lines.ts";
import { kindOf, type SectionKind } from "../../daemon/config/schema.ts";

/** What stands at an offset of a document. */
export type Place = { readonly section: Section; readonly sectionKind: SectionKind | null } & (
  | { readonly kind: "header" }
  | { readonly kind: "key"; readonly entry: Entry }
  | { readonly kind: "value"; readonly entry: Entry; readonly piece: Piece }
  /** `entry` is the one whose value the comment cuts; null where the comment has the line for itself. */
  | { readonly kind: "comment"; readonly comment: Comment; readonly entry: Entry | null }
  /** An empty line, or one that is neither header nor entry yet. */
  | { readonly kind: "gap"; readonly line: number }
);

/** Finds what stands at an offset; the end of a key or value still counts as part of it. */
export function placeAt(document: Document, offset: number): Place {
  const { line } = positionAt(document.lines, offset);
  const section = sectionAround(document, document.lines.starts[line] ?? 0);
  const at = { section, sectionKind: section.header === null ? null : kindOf(section.name) };
  const comment = section.comments[lastIndexAt(section.comments, line)];
  const commented = comment !== undefined && comment.line === line && offset > comment.range.start;
  const entry = entryAt(section, line);
  const piece = entry?.pieces.find((candidate) => candidate.line === line);
  if (commented) return { ...at, kind: "comment", comment, entry: piece ? (entry ?? null) : null };
  if (section.header?.line === line) return { ...at, kind: "header" };
  if (entry === undefined || piece === undefined) return { ...at, kind: "gap", line };
  if (entry.line === line && offset <= entry.delimiter) return { ...at, kind: "key", entry };
  return { ...at, kind: "value", entry, piece };
}

/** The entry of a section that a line belongs to or follows; undefined before the first. */
export function entryAt(section: Section, line: number): Entry | undefined {
  return section.entries[lastIndexAt(section.entries, line)];
}

/** Index of the last item that starts at the line or before it, -1 for none; the items are in order. */
function lastIndexAt(items: readonly { readonly line: number }[], line: number): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((items[middle]?.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}
