import { expect, test } from "vitest";
import { readableLog, visible } from "../../../../daemon/server/web/visible-text.ts";

/** The pieces one after the other, as they come from a stream. */
function read(...pieces: readonly string[]): string {
  let pending = "";
  return pieces
    .map((piece) => {
      const readable = readableLog(pending, piece);
      pending = readable.pending;
      return readable.text;
    })
    .join("");
}

test("terminal sequences are taken out of a log", () => {
  expect(
    read("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007plain \u001b]8;;http://x\u001b\\link\u001b(B"),
  ).toBe("red plain link");
});

test("a sequence may be cut anywhere", () => {
  const text = "a\u001b[38;5;196mb\u001b]0;a title\u001b\\c\r\nd";
  for (let i = 0; i <= text.length; i++) expect(read(text.slice(0, i), text.slice(i))).toBe("abc\nd");
  expect(read(...text)).toBe("abc\nd");
});

test("a sequence that never ends does not hold the log back for ever", () => {
  const text = `\u001b]0;${"x".repeat(5000)}`;
  expect(read(text, "y").length).toBeGreaterThan(5000);
});

test("line ends of every kind begin a line", () => {
  expect(read("a\r\nb\r", "\nc\rd\re\n")).toBe("a\nb\nc\nd\ne\n");
});

test("characters that hide or turn what stands around them are spelled out", () => {
  expect(visible("a\u0000b\u0007c\u009bd\u202ee\u200bf\u2066g\u007fh")).toBe(
    "a<U+0000>b<U+0007>c<U+009B>d<U+202E>e<U+200B>f<U+2066>g<U+007F>h",
  );
  expect(visible("tab\tand\nline, Größe, 漢字, 🙂")).toBe("tab\tand\nline, Größe, 漢字, 🙂");
});

test("a log made to be slow to read is read in no time", () => {
  const startedAt = performance.now();
  for (const piece of ["\u001b[", "\u001b]", "\u001b[0;", "\u001bP", "\r"]) read(piece.repeat(200_000));
  expect(performance.now() - startedAt).toBeLessThan(1500);
});
