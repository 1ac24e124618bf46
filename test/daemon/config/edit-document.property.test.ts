import fc from "fast-check";
import { expect, test } from "vitest";
import { type Document, parseDocument, type Section } from "../../../daemon/config/document.ts";
import { editDocument } from "../../../daemon/config/edit-document.ts";

const LINES = [
  "[a]",
  " [b]",
  "[supervisord]",
  "[program:x] ; note",
  "command=cat",
  "  --more",
  "autostart = true ;x",
  "# remark",
  "broken",
  "=no key",
  "[]",
  "",
  "  ",
  "k:",
];
const BREAKS = ["\n", "\n", "\r\n", "\r"];
const SMALL = ["\n", "\r", "[", "]", " ", "=", ";", "x", "", "\r\n", "[z]\n", "\n[y]"];

const texts = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom(...BREAKS)), { maxLength: 14 })
  .map((lines) => lines.map(([line, end]) => line + end).join(""));
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(40)),
    text: fc.oneof(fc.constantFrom(...SMALL), texts),
  }),
  { minLength: 1, maxLength: 12 },
);

test("a document is the same after 100,000 edits as one split from the text", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(texts, edits, (text, all) => {
      let document = parseDocument(text);
      for (const edit of all) {
        const start = edit.at % (document.text.length + 1);
        const end = Math.min(document.text.length, start + edit.length);
        document = editDocument(document, { start, end }, edit.text);
        // Comparing as text costs a fraction of what a deep comparison does, and there are 100,000 of them.
        expect(told(document)).toBe(told(parseDocument(document.text)));
      }
    }),
    { numRuns: 16_000 },
  );
});

test("sections that an edit does not touch stay the same objects, moved", () => {
  const before = parseDocument("[a]\nx=1\n[b]\ny=2\n[c]\nz=3\n");
  const [a, , c] = before.sections;
  const after = editDocument(before, { start: 14, end: 15 }, "22\n\n;");
  expect(after.sections[0]).toBe(a);
  expect(after.sections[2]).toBe(c);
  expect(c?.entries[0]?.line).toBe(7);
  expect(after.text.slice(c?.entries[0]?.keyRange.start)).toBe("z=3\n");
});

/** All that a document says, as text. */
function told(document: Document): string {
  return JSON.stringify(plain(document));
}

function plain({ text, lines, preamble, sections }: Document) {
  return {
    text,
    starts: lines.starts,
    linesText: lines.text,
    sections: [preamble, ...sections].map(plainSection),
  };
}

function plainSection({ header, name, range, entries, layout, broken, comments }: Section) {
  return {
    name,
    range,
    keys: layout.keys,
    header: header && [header.range, header.nameRange, header.ignored, header.line],
    entries: entries.map(({ key, keyRange, delimiter, valueRange, value, line, pieces }) => ({
      ...{ key, keyRange, delimiter, valueRange, value, line },
      pieces: pieces.map((piece) => [piece.range, piece.line, piece.comment?.range ?? null]),
    })),
    broken: broken.map((one) => [one.range, one.line, one.terminated, one.reason]),
    comments: comments.map((one) => [one.range, one.line, one.inline]),
  };
}
