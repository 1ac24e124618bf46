import type { DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { Document, Entry, Header, Section } from "../../daemon/config/document.ts";
import type { LineTable } from "../../daemon/config/lines.ts";
import { kindOf, type SectionKind } from "../../daemon/config/schema.ts";
import { rangeOf } from "./ranges.ts";

/** The outline: sections, and under each its options with their values. */
export function symbolsOf(document: Document): DocumentSymbol[] {
  return document.sections.flatMap((section) =>
    section.header === null ? [] : [placedSymbol(document.lines, section, section.header)],
  );
}

/** A section that is where it was has the symbol that it had: a key moves none of them, or those below it. */
function placedSymbol(lines: LineTable, section: Section, header: Header): DocumentSymbol {
  const known = PLACED.get(section);
  if (known?.range.start.line === header.line) return known;
  const symbol = sectionSymbol(lines, section, header);
  PLACED.set(section, symbol);
  return symbol;
}

const PLACED = new WeakMap<Section, DocumentSymbol>();

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

/** Lines are known, so that they need not be looked for: there are as many options as lines. */
function entrySymbol({ starts }: LineTable, entry: Entry): DocumentSymbol {
  const { key, value, keyRange, valueRange, line, lastLine } = entry;
  const lineStart = starts[line] ?? 0;
  const start = { line, character: keyRange.start - lineStart };
  const keyEnd = { line, character: keyRange.end - lineStart };
  const end = { line: lastLine, character: valueRange.end - (starts[lastLine] ?? 0) };
  return {
    name: key,
    detail: value.slice(0, DETAIL_LENGTH),
    kind: PROPERTY,
    range: { start, end },
    selectionRange: { start, end: keyEnd },
  };
}
