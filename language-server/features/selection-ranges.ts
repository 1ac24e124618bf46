import type { SelectionRange } from "vscode-languageserver";
import type { Document, Entry } from "../../daemon/config/document.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { type Place, placeAt } from "./place.ts";
import { rangeOf } from "./ranges.ts";

/** What a growing selection takes in from an offset on: a word, the value, the option, the section, the file. */
export function selectionAt(document: Document, offset: number): SelectionRange {
  const steps = [...insideSection(document, placeAt(document, offset), offset), wholeOf(document)];
  const growing = steps.filter((step, index) => index === 0 || isLarger(step, steps[index - 1]));
  const selection = growing.reduceRight<SelectionRange | undefined>((parent, step) => {
    const range = rangeOf(document.lines, step);
    return parent === undefined ? { range } : { range, parent };
  }, undefined);
  return selection ?? { range: rangeOf(document.lines, { start: offset, end: offset }) };
}

function insideSection(document: Document, place: Place, offset: number): TextRange[] {
  const { section } = place;
  const last = section.entries.at(-1)?.valueRange.end ?? section.header?.range.end ?? section.range.start;
  const start = section.header?.range.start ?? section.entries[0]?.keyRange.start ?? section.range.start;
  const whole = start <= offset && offset <= last ? [{ start, end: last }] : [];
  return [...insideLine(document, place, offset), ...whole, section.range].filter(
    (range) => range.start <= offset && offset <= range.end,
  );
}

function insideLine(document: Document, place: Place, offset: number): TextRange[] {
  switch (place.kind) {
    case "header": {
      const { header } = place.section;
      return header === null
        ? []
        : [wordAt(document, header.nameRange, offset), header.nameRange, header.range];
    }
    case "key":
      return [place.entry.keyRange, optionOf(place.entry)];
    case "value": {
      const { entry, piece } = place;
      const item = wordAt(document, piece.range, offset);
      return [item, piece.range, entry.valueRange, optionOf(entry)];
    }
    case "comment":
      return [place.comment.range];
    case "gap":
      return [];
  }
}

/** The part between signs that separate the items of any value. */
function wordAt(document: Document, within: TextRange, offset: number): TextRange {
  const { text } = document;
  let start = Math.min(Math.max(offset, within.start), within.end);
  let end = start;
  while (start > within.start && !SEPARATOR.test(text[start - 1] ?? "")) start--;
  while (end < within.end && !SEPARATOR.test(text[end] ?? "")) end++;
  return { start, end };
}

const SEPARATOR = /[\s,;:="'/]/;

function optionOf(entry: Entry): TextRange {
  return { start: entry.keyRange.start, end: entry.valueRange.end };
}

function wholeOf(document: Document): TextRange {
  return { start: 0, end: document.text.length };
}

function isLarger(a: TextRange, b: TextRange | undefined): boolean {
  return b === undefined || (a.start <= b.start && a.end >= b.end && a.end - a.start > b.end - b.start);
}
