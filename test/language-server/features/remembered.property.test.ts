import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { editDocument } from "../../../daemon/config/edit-document.ts";
import { type FormatStyle, formatDocument } from "../../../language-server/features/formatting.ts";
import { symbolsOf } from "../../../language-server/features/symbols.ts";

const LINES = [
  "[supervisord]",
  "[program:a]",
  "  [program:b]  ",
  "command=/bin/cat",
  "command = /bin/cat --more ; cut",
  "  --more",
  "environment=A=1,",
  "    B=2   ",
  "  ; a comment",
  "numprocs=3",
  "no option",
  "",
  "  ",
  "x",
];

const line = fc.constantFrom(...LINES);
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));
const edit = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 12 }),
  newText: fc.oneof(line, fc.constantFrom("\n", " ", "\n\n", "; ")),
});

const styles: readonly FormatStyle[] = [
  { spacesAroundEquals: "keep", tabSize: 2, insertSpaces: true },
  { spacesAroundEquals: "always", tabSize: 4, insertSpaces: false },
];

test("what is remembered of sections through edits is what a fresh look at the text finds", () => {
  fc.assert(
    fc.property(text, fc.array(edit, { minLength: 1, maxLength: 8 }), (before, edits) => {
      let document = parseDocument(before);
      for (const { at, length, newText } of edits) {
        const start = at % (document.text.length + 1);
        const end = Math.min(start + length, document.text.length);
        document = editDocument(document, { start, end }, newText);
        const fresh = parseDocument(document.text);
        expect(symbolsOf(document)).toEqual(symbolsOf(fresh));
        for (const style of styles)
          expect(formatDocument(document, style)).toEqual(formatDocument(fresh, style));
      }
    }),
    { numRuns: 500 },
  );
});
