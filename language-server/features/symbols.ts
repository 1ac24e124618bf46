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
  const kind = kindOf(section.name);
  const numprocs = section.entries.findLast((entry) => entry.key === "numprocs")?.value;
  const end = section.entries.at(-1)?.valueRange.end ?? header.range.end;
  return {
    name: section.name,
    detail: numprocs === undefined || numprocs === "1" ? "" : `×${numprocs}`,
    kind: (kind === null ? undefined : SECTION_SYMBOLS[kind]) ?? MODULE,
    range: rangeOf(lines, { start: header.range.start, end: Math.max(end, header.range.end) }),
    selectionRange: rangeOf(lines, header.nameRange),
    children: section.entries.map((entry) => entrySymbol(lines, entry)),
  };
}

const DETAIL_LENGTH = 80;

function entrySymbol(lines: LineTable, entry: Entry): DocumentSymbol {
  return {
    name: entry.key,
    detail: entry.value.slice(0, DETAIL_LENGTH),
    kind: PROPERTY,
    range: rangeOf(lines, { start: entry.keyRange.start, end: entry.valueRange.end }),
    selectionRange: rangeOf(lines, entry.keyRange),
  };
}
