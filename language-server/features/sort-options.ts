import type { Document, Entry, Section } from "../../daemon/config/document.ts";
import { lineEnd } from "../../daemon/config/lines.ts";
import { kindOf, optionsOf } from "../../daemon/config/schema.ts";
import type { Change } from "./changes.ts";
import { LINE, type LineKinds, lineKinds } from "./formatting-lines.ts";
import { lineBreakOf } from "./section-edits.ts";

/** The changes that bring the options of sections into the order of the documentation, each with its comments. */
export function sortedOptions(document: Document, sections: readonly Section[]): Change[] {
  const kinds = lineKinds(document);
  return sections.flatMap((section) => sortedSection(document, section, kinds));
}

/** Options stay in their paragraph: blank lines were put there by somebody. */
function sortedSection(document: Document, section: Section, kinds: LineKinds): Change[] {
  const kind = kindOf(section.name);
  if (kind === null || section.broken.length > 0 || !isEven(document, section)) return [];
  const order = optionsOf(kind).map(({ name }) => name);
  const rankOf = ({ key }: Entry) => (order.includes(key) ? order.indexOf(key) : order.length);
  return paragraphsOf(section, kinds).flatMap((blocks) => {
    const sorted = blocks.toSorted((a, b) => rankOf(a.entry) - rankOf(b.entry));
    return sorted.every((block, index) => block === blocks[index])
      ? []
      : [reordered(document, blocks, sorted)];
  });
}

/** An option with the comments right above it, as whole lines. */
type Block = { readonly entry: Entry; readonly first: number; readonly last: number };

/** Where options begin at different columns, another order could make one a part of another's value. */
function isEven({ lines }: Document, { entries }: Section): boolean {
  const indents = entries.map(({ keyRange, line }) => keyRange.start - (lines.starts[line] ?? 0));
  return new Set(indents).size <= 1;
}

function paragraphsOf(section: Section, kinds: LineKinds): Block[][] {
  const paragraphs: Block[][] = [];
  let end = section.header?.line ?? -1;
  for (const entry of section.entries) {
    let first = entry.line;
    while (first - 1 > end && kinds[first - 1] === LINE.comment) first--;
    const last = entry.lastLine;
    const block = { entry, first, last };
    const current = paragraphs.at(-1);
    if (current === undefined || first - 1 > end) paragraphs.push([block]);
    else current.push(block);
    end = last;
  }
  return paragraphs;
}

function reordered(document: Document, blocks: readonly Block[], sorted: readonly Block[]): Change {
  const { text, lines } = document;
  const textOf = ({ first, last }: Block) => text.slice(lines.starts[first] ?? 0, lineEnd(lines, last));
  const start = lines.starts[blocks[0]?.first ?? 0] ?? 0;
  const end = lineEnd(lines, blocks.at(-1)?.last ?? 0);
  return { start, end, newText: sorted.map(textOf).join(lineBreakOf(document)) };
}
