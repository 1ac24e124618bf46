import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

const CORPUS = "test/fixtures/config/conf";

/** Real files, and files that probe one rule each; bytes that are no UTF-8 are another matter. */
const corpus = readdirSync(CORPUS)
  .filter((name) => name.endsWith(".conf"))
  .map((name) => readFileSync(join(CORPUS, name), "utf8"));

/** A piece in the place of some of a text. */
const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 8 }), fc.constantFrom("", ...PIECES)), {
  maxLength: 6,
});

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join("")),
  fc.tuple(fc.constantFrom(...corpus), edits).map(([text, wanted]) =>
    wanted.reduce((before, [at, length, piece]) => {
      const start = at % (before.length + 1);
      return before.slice(0, start) + piece + before.slice(start + length);
    }, text),
  ),
);

const RUNS = { numRuns: 500 };

describe("any text", () => {
  test("comes back unchanged from its document", () => {
    fc.assert(
      fc.property(texts, (text) => serialise(parseDocument(text)) === text),
      RUNS,
    );
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
      RUNS,
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
      RUNS,
    );
  });
});

function sectionsOf(document: Document) {
  return [document.preamble, ...document.sections];
}
