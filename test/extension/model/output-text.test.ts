import { expect, test } from "vitest";
import { stripAnsi } from "../../../extension/model/ansi.ts";
import {
  addMark,
  addOutput,
  EMPTY_OUTPUT,
  type Layout,
  type OutputText,
  releaseHeld,
  withoutRepeated,
} from "../../../extension/model/output-text.ts";

const ALONE: Layout = {
  clean: stripAnsi,
  prefixOf: () => "",
  holdsLines: false,
  mark: (words) => `── ${words} ──`,
};
const SHARED: Layout = { ...ALONE, prefixOf: (stream) => `${stream} | `, holdsLines: true };

test("a line of one stream is ended before the other one speaks", () => {
  const { text } = told(ALONE, ["stdout", "Password: "], ["stderr", "warning\n"], ["stdout", "ok\n"]);
  expect(text).toBe("Password: \nwarning\nok\n");
});

test("a line that comes in pieces stays one line", () => {
  expect(told(ALONE, ["stdout", "50%"], ["stdout", " done\n"]).text).toBe("50% done\n");
});

test("a mark stands on a line of its own", () => {
  const { state } = told(ALONE, ["stdout", "half"]);
  expect(addMark(state, "web ended", ALONE).text).toBe("\n── web ended ──\n");
  expect(addMark(EMPTY_OUTPUT, "web ended", ALONE).text).toBe("── web ended ──\n");
});

test("where programs share a view each line is told whole, with its program before it", () => {
  const { text } = told(SHARED, ["a", "one\ntw"], ["b", "1\n"], ["a", "o\nthree\n"]);
  expect(text).toBe("a | one\nb | 1\na | two\na | three\n");
});

test("a prompt without an end is shown when it is waited for no longer, and its line goes on", () => {
  const { state } = told(SHARED, ["a", "Name: "]);
  const prompt = releaseHeld(state, SHARED);
  expect(prompt.text).toBe("a | Name: ");
  expect(addOutput(prompt.state, "a", "hello\n", SHARED).text).toBe("hello\n");
  expect(addOutput(prompt.state, "b", "x\n", SHARED).text).toBe("\nb | x\n");
});

test("a line that waits is told before the mark that ends its run", () => {
  const { state } = told(SHARED, ["a", "last words"]);
  expect(addMark(state, "a ended", SHARED).text).toBe("a | last words\n── a ended ──\n");
});

test("of a line that is written over where programs share a view the last state is shown", () => {
  expect(told(SHARED, ["a", "10%\r50%\r100%\nnext\n"]).text).toBe("a | 100%\na | next\n");
});

test("a line of megabytes is not waited for", () => {
  expect(told(SHARED, ["a", "x".repeat(20_000)]).text.length).toBe(20_000 + "a | ".length);
});

test("a tail that begins with what is shown goes on after it", () => {
  expect(withoutRepeated("one\ntwo\n", "two\nthree\n")).toBe("three\n");
  expect(withoutRepeated("one\n", "two\n")).toBe("two\n");
  expect(withoutRepeated("", "two\n")).toBe("two\n");
});

/** All that is shown after these pieces of streams. */
function told(layout: Layout, ...pieces: [stream: string, text: string][]) {
  let state: OutputText = EMPTY_OUTPUT;
  let text = "";
  for (const [stream, piece] of pieces) {
    const shown = addOutput(state, stream, piece, layout);
    state = shown.state;
    text += shown.text;
  }
  return { state, text };
}
