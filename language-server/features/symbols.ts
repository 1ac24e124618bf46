import type { DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { Document, Entry, Header, Section } from "../../daemon/config/document.ts";
import type { LineTable } from "../../daemon/config/lines.ts";
import { kindOf, type SectionKind } from "../../daemon/config/schema.ts";
import { rangeOf } from "./ranges.ts";

/** The outline: sections, and under each its options with their values. */
export function symbolsOf(document: Document): DocumentSymbol[] {
  return document.sections.flatMap((section) =>
    section.header === null ? [] : [sectionSymbol(document.lines, section, section.header)],
  );
}

/** A section as lists name it: with the number of its processes where there are several. */
export function sectionLabel({ name, entries }: Section): string {
  const numprocs = entries.findLast((entry) => entry.key === "numprocs")?.value;
  return numprocs === undefined || numprocs === "1" ? name : `${name} (×${numprocs})`;
}

/** The kind under which editors list a section. */
export function sectionSymbolKind({ name }: Section): SymbolKind {
  const kind = kindOf(name);
  return (kind === null ? undefined : SECTION_SYMBOLS[kind]) ?? MODULE;
}

const FUNCTION = 12;
const MODULE = 2;
const EVENT = 24;
const NAMESPACE = 3;
const PROPERTY = 7;

const SECTION_SYMBOLS: Readonly<Partial<Record<SectionKind, SymbolKind>>> = {
  program: FUNCTION,
  "fcgi-program": FUNCTION,
  eventlistener: EVENT,
  group: NAMESPACE,
};

function sectionSymbol(lines: LineTable, section: Section, header: Header): DocumentSymbol {
  const { range } = header;
  const end = section.entries.at(-1)?.valueRange.end ?? range.end;
  return {
    name: sectionLabel(section),
    kind: sectionSymbolKind(section),
    range: rangeOf(lines, { start: range.start, end: Math.max(end, range.end) }),
    selectionRange: rangeOf(lines, header.nameRange),
    children: section.entries.map((entry) => entrySymbol(lines, entry)),
  };
}

const DETAIL_LENGTH = 80;

function entrySymbol(lines: LineTable, entry: Entry): DocumentSymbol {
  const { keyRange, valueRange } = entry;
  return {
    name: entry.key,
    detail: entry.value.slice(0, DETAIL_LENGTH),
    kind: PROPERTY,
    range: rangeOf(lines, { start: keyRange.start, end: valueRange.end }),
    selectionRange: rangeOf(lines, keyRange),
  };
}
