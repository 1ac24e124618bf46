import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Document, parseDocument, serialise } from "../../../daemon/config/document.ts";
import { readText } from "./reading.ts";

const PIECES = [
  "[a]",
  "[supervisord]",
  "[program:x]",
  "command",
  "=",
  ":",
  " ",
  "\t",
  "\n",
  "\r",
  "\r\n",
  ";",
  "#",
  "%",
  "%(here)s",
  "%(",
  "'",
  '"',
  "\\",
  ",",
  "]",
  "[",
  "\u00a0",
  "\u2028",
  "\0",
  "é",
  "😀",
  "\ud800",
  "numprocs=2",
  "environment=A=1",
];

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join("")),
);

describe("any text", () => {
  test("comes back unchanged from its document", () => {
    fc.assert(fc.property(texts, (text) => serialise(parseDocument(text)) === text));
  });

  test("has its parts in order and within their sections", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const section of sectionsOf(parseDocument(text))) {
          let at = section.range.start;
          for (const entry of section.entries) {
            expect(entry.keyRange.start).toBeGreaterThanOrEqual(at);
            expect(entry.valueRange.start).toBeGreaterThan(entry.delimiter);
            at = entry.valueRange.end;
          }
          expect(at).toBeLessThanOrEqual(section.range.end);
        }
      }),
    );
  });

  test("is read without a throw, and each problem points into it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { range } of readText(text, { fragment: "auto" }).problems) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

function sectionsOf(document: Document) {
  return [document.preamble, ...document.sections];
}
