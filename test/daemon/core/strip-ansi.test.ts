import { expect, test } from "vitest";
import { type AnsiState, stripAnsi } from "../../../daemon/core/strip-ansi.ts";

function play(reads: readonly string[]): string {
  let state: AnsiState = "text";
  let out = "";
  for (const read of reads) {
    const { next, data } = stripAnsi(state, Buffer.from(read));
    out += Buffer.from(data).toString();
    state = next;
  }
  return out;
}

const COLOURED = "\x1b[1;31mred\x1b[0m and \x1b[Kplain é";

test("colours and cursor movements are taken out", () => {
  expect(play([COLOURED])).toBe("red and plain é");
});

test("a sequence that is spread over reads is taken out too", () => {
  expect(play(Array.from(COLOURED))).toBe("red and plain é");
});

test("an escape character that begins no sequence stays", () => {
  expect(play(["a\x1bb\x1b\x1b[mc"])).toBe("a\x1bb\x1bc");
});

test("output without escapes is not copied", () => {
  const data = Buffer.from("plain");
  expect(stripAnsi("text", data).data).toBe(data);
});
