import type { Anchor } from "./anchor.ts";
import type { KeyLayout } from "./key-layout.ts";
import type { LineTable } from "./lines.ts";
import type { TextRange } from "./problem.ts";
import { parseSections } from "./sections.ts";

/**
 * A configuration file as it is written, nothing judged: every header, key, piece of a value and comment with its
 * offsets, split as Python's RawConfigParser splits it for Supervisor. All offsets and lines count from the start of
 * `text`; those of a section follow it when text before it is edited (`editDocument`), so keep the section, not them.
 *
 * A section whose header stands at the start of a line depends on nothing before it.
 */
export type Document = {
  /** Put together of the sections' texts when it is asked for: `textIn` a range takes less. */
  readonly text: string;
  readonly lines: LineTable;
  /** What stands before the first header. A fragment's entries there belong to `[supervisord]`. */
  readonly preamble: Section;
  readonly sections: readonly Section[];
};

export type Section = {
  /** What its offsets and lines are counted from. */
  readonly anchor: Anchor;
  /** Null for the preamble. */
  readonly header: Header | null;
  /** The header's text as written, the empty text for the preamble. */
  readonly name: string;
  /** From the header's line up to the next header's, `end` exclusive. */
  readonly range: TextRange;
  /** What stands in this range. */
  readonly text: string;
  readonly entries: readonly Entry[];
  /** The keys of the entries. */
  readonly layout: KeyLayout;
  /** Lines that are neither header, entry, continuation nor comment: Supervisor refuses the file for them. */
  readonly broken: readonly BrokenLine[];
  readonly comments: readonly Comment[];
};

export type Header = {
  /** With its brackets. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Text after the closing bracket, which Supervisor ignores. */
  readonly ignored: TextRange | null;
  readonly line: number;
};

export type Entry = {
  /** In lower case, as Supervisor looks it up. */
  readonly key: string;
  readonly keyRange: TextRange;
  /** Offset of `=` or `:`. */
  readonly delimiter: number;
  /** One for each line of the value, blank lines inside it included. */
  readonly pieces: readonly Piece[];
  /** From the first piece to the end of the last. */
  readonly valueRange: TextRange;
  /** The pieces joined by line feeds. */
  readonly value: string;
  readonly line: number;
  /** The line of the last piece. */
  readonly lastLine: number;
};

export type Piece = {
  readonly range: TextRange;
  readonly line: number;
  /** The comment that cuts this line of the value, null for none. */
  readonly comment: Comment | null;
};

export type Comment = {
  /** From `;` or `#` to the end of the line's text. */
  readonly range: TextRange;
  readonly line: number;
  /** Whether something other than white space stands before it on its line. */
  readonly inline: boolean;
};

export type BrokenLine = {
  /** The line's text, without its line break. */
  readonly range: TextRange;
  readonly line: number;
  /** Whether the line ends with a line break. */
  readonly terminated: boolean;
  readonly reason: "no-delimiter" | "no-key";
};

/** Splits a configuration file into its parts; takes any text, in linear time. */
export function parseDocument(text: string): Document {
  const { preamble, sections, starts } = parseSections(text);
  const lines = { starts, length: text.length, hasReturns: text.includes("\r") };
  return new SplitDocument(preamble, sections, lines, text);
}

/** A document whose text is put together once, if ever: each key in a long one would leave all of it behind. */
export class SplitDocument implements Document {
  readonly preamble: Section;
  readonly sections: readonly Section[];
  readonly lines: LineTable;
  #text: string | null;

  constructor(
    preamble: Section,
    sections: readonly Section[],
    lines: Omit<LineTable, "text">,
    text: string | null,
  ) {
    this.preamble = preamble;
    this.sections = sections;
    this.lines = new DocumentLines(this, lines);
    this.#text = text;
  }

  get text(): string {
    this.#text ??= [this.preamble, ...this.sections].map(({ text }) => text).join("");
    return this.#text;
  }
}

class DocumentLines implements LineTable {
  readonly #document: Document;
  readonly length: number;
  readonly starts: number[];
  readonly hasReturns: boolean;

  constructor(document: Document, { length, starts, hasReturns }: Omit<LineTable, "text">) {
    this.#document = document;
    this.length = length;
    this.starts = starts;
    this.hasReturns = hasReturns;
  }

  get text(): string {
    return this.#document.text;
  }
}

/** What stands in a range of a section. */
export function textOf({ anchor, text }: Section, { start, end }: TextRange): string {
  return text.slice(start - anchor.offset, end - anchor.offset);
}

/** What stands in a range of a document. */
export function textIn(document: Document, start: number, end: number): string {
  const { preamble, sections } = document;
  let text = "";
  for (let index = indexAround(sections, start); index < sections.length; index++) {
    const section = sections[index] ?? preamble;
    const { offset } = section.anchor;
    if (offset >= end) break;
    text += section.text.slice(Math.max(0, start - offset), end - offset);
  }
  return text;
}

/** The text of a document, put together from its parts. */
export function serialise(document: Document): string {
  const marks = [document.preamble, ...document.sections].flatMap(partsOf).sort((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at) continue;
    text += document.text.slice(at, start) + document.text.slice(start, end);
    at = end;
  }
  return text + document.text.slice(at);
}

/** The section that an offset stands in. */
export function sectionAround({ preamble, sections }: Document, offset: number): Section {
  return sections[indexAround(sections, offset)] ?? preamble;
}

/** Index of the last section that starts at an offset or before it, -1 for none. */
export function indexAround(sections: readonly Section[], offset: number): number {
  let low = -1;
  let high = sections.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sections[middle]?.anchor.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where in the document a character of an entry's joined value stands. */
export function offsetOfValue(entry: Entry, index: number): number {
  let before = 0;
  for (const { range } of entry.pieces) {
    const length = range.end - range.start;
    if (index <= before + length) return range.start + (index - before);
    before += length + 1;
  }
  return entry.valueRange.end;
}

function partsOf(section: Section): TextRange[] {
  const header = section.header === null ? [] : [section.header.range];
  const entries = section.entries.flatMap(({ keyRange, pieces }) => [
    keyRange,
    ...pieces.map((p) => p.range),
  ]);
  return [
    ...header,
    ...entries,
    ...section.broken.map((b) => b.range),
    ...section.comments.map((c) => c.range),
  ];
}
