import fc from "fast-check";
import { expect, test } from "vitest";
import type { Range } from "vscode-languageserver";
import { type Document, parseDocument } from "../../../daemon/config/document.ts";
import { offsetAt, positionAt } from "../../../daemon/config/lines.ts";
import { completionsAt } from "../../../language-server/features/completion.ts";
import { foldingOf } from "../../../language-server/features/folding.ts";
import { hoverAt } from "../../../language-server/features/hover.ts";
import { placeAt } from "../../../language-server/features/place.ts";
import { symbolsOf } from "../../../language-server/features/symbols.ts";
import { wishAt } from "../../../language-server/features/wishes.ts";
import { english } from "../../../language-server/l10n/words.ts";

const SURROUNDINGS = {
  snippets: true,
  programs: () => ["web"],
  variables: ["HOME"],
  words: english,
  again: null,
};

/** Pieces that make most of what a configuration can be, good and bad. */
const PIECES = [
  "[program:web]",
  "[group:g]",
  "[eventlistener:e]",
  "[supervisord]",
  "[",
  "]",
  "command",
  "programs",
  "events=TICK_5,",
  "stdout_logfile",
  "=",
  ":",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\r",
  " ;",
  "#",
  "%(",
  "%(here)s",
  "%%",
  ",",
  "'",
  '"',
  "`",
  "a",
  "ü",
  "😀",
  "\u2028",
  "\0",
  "; region",
  "; endregion",
];

const texts = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 40 })
  .map((pieces) => pieces.join(""));

const places = fc.tuple(texts, fc.nat()).map(([text, at]) => cursorIn(text, at));

/** A place where a cursor can stand: not within a line break. */
function cursorIn(text: string, at: number): { text: string; offset: number } {
  const { lines } = parseDocument(text);
  return { text, offset: offsetAt(lines, positionAt(lines, at % (text.length + 1))) };
}

function isWithin(document: Document, range: Range): boolean {
  const { start, end } = range;
  const last = document.lines.starts.length - 1;
  return (
    start.line <= end.line &&
    end.line <= last &&
    offsetAt(document.lines, start) <= offsetAt(document.lines, end)
  );
}

test("any text can be asked about at any place", () => {
  fc.assert(
    fc.property(places, ({ text, offset }) => {
      const document = parseDocument(text);
      const place = placeAt(document, offset);
      const wished = wishAt(document, place, offset, () => new Map([["here", "/site"]]));
      if (wished !== null) expect(wished.span.start).toBeLessThanOrEqual(wished.span.end);
      const hover = hoverAt(document, offset, english);
      if (hover?.range !== undefined) expect(isWithin(document, hover.range)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("what completion replaces is on the cursor's line and holds the cursor", () => {
  fc.assert(
    fc.property(places, ({ text, offset }) => {
      const document = parseDocument(text);
      for (const item of completionsAt(document, offset, SURROUNDINGS)) {
        if (item.textEdit === undefined || !("range" in item.textEdit))
          throw new Error("an item without an edit");
        const { start, end } = item.textEdit.range;
        expect(start.line).toBe(end.line);
        expect(offsetAt(document.lines, start)).toBeLessThanOrEqual(offset);
        expect(offsetAt(document.lines, end)).toBeGreaterThanOrEqual(offset);
      }
    }),
    { numRuns: 2000 },
  );
});

test("the outline of any text nests: names within ranges, options within sections", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const document = parseDocument(text);
      const offsets = (range: Range) => [
        offsetAt(document.lines, range.start),
        offsetAt(document.lines, range.end),
      ];
      for (const symbol of symbolsOf(document)) {
        const [start = 0, end = 0] = offsets(symbol.range);
        for (const inner of [symbol.selectionRange, ...(symbol.children ?? []).map((child) => child.range)]) {
          const [innerStart = 0, innerEnd = 0] = offsets(inner);
          expect(innerStart).toBeGreaterThanOrEqual(start);
          expect(innerEnd).toBeLessThanOrEqual(end);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("every fold of any text covers lines that are there", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const document = parseDocument(text);
      for (const fold of foldingOf(document)) {
        expect(fold.startLine).toBeLessThan(fold.endLine);
        expect(fold.endLine).toBeLessThan(document.lines.starts.length);
      }
    }),
    { numRuns: 1000 },
  );
});
