import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { changed, joined } from "../../../language-server/features/changes.ts";
import { keepsMeaning } from "../../../language-server/features/same-meaning.ts";

const PIECES = ["[a]", "[b]", "\n", "\n", "\n", "x=1", " y=2", "; c", " ;", "junk", " ", "  [c]", "\r\n"];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(""));
const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom("", "\n", " ", ...PIECES)), {
  maxLength: 3,
});

function meaning(text: string): unknown {
  const { preamble, sections } = parseDocument(text);
  return [preamble, ...sections].map(({ name, entries, broken, comments }) => [
    name,
    entries.map(({ key, value }) => [key, value]),
    broken.length,
    comments.length,
  ]);
}

test("looking at the changed sections alone finds what looking at the whole file finds", () => {
  const seen = { same: 0, other: 0 };
  fc.assert(
    fc.property(texts, edits, (text, wanted) => {
      const changes = joined(
        wanted.map(([at, length, newText]) => {
          const start = at % (text.length + 1);
          return { start, end: Math.min(text.length, start + length), newText };
        }),
      );
      if (changes.some((change, at) => change.start < (changes[at - 1]?.end ?? 0))) return;
      const isSame = JSON.stringify(meaning(text)) === JSON.stringify(meaning(changed(text, changes)));
      // A change between sections may be told from the whole only by looking at it: to refuse it is no harm.
      if (keepsMeaning(parseDocument(text), changes)) {
        expect(isSame).toBe(true);
        seen.same++;
      } else seen.other++;
    }),
    { numRuns: 10_000 },
  );
  expect(Math.min(seen.same, seen.other)).toBeGreaterThan(500);
});

test("a header that gets white space before it would continue the value above", () => {
  const document = parseDocument("x=1\n[a]\n");
  expect(keepsMeaning(document, [{ start: 4, end: 4, newText: " " }])).toBe(false);
});
