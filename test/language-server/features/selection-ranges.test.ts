import { expect, test } from "vitest";
import type { SelectionRange } from "vscode-languageserver";
import { selectionAt } from "../../../language-server/features/selection-ranges.ts";
import { withCursor } from "../cursor.ts";
import { textIn } from "../site.ts";

function growing(marked: string): string[] {
  const { document, offset } = withCursor(marked);
  const texts: string[] = [];
  for (let at: SelectionRange | undefined = selectionAt(document, offset); at; at = at.parent) {
    texts.push(textIn(document, at.range));
  }
  return texts;
}

test("a selection grows from a word of a value over the option and the section to the file", () => {
  expect(growing("[a]\nx=1\n\n[group:g]\nprograms=api,w¦eb\n\n[b]\n")).toEqual([
    "web",
    "api,web",
    "programs=api,web",
    "[group:g]\nprograms=api,web",
    "[group:g]\nprograms=api,web\n\n",
    "[a]\nx=1\n\n[group:g]\nprograms=api,web\n\n[b]\n",
  ]);
});

test("a value of several lines is taken in line by line first", () => {
  expect(growing("[a]\nx=one\n  tw¦o three\n").slice(0, 4)).toEqual([
    "two",
    "two three",
    "one\n  two three",
    "x=one\n  two three",
  ]);
});

test("a header grows from its word", () => {
  expect(growing("[program:w¦eb]").slice(0, 3)).toEqual(["web", "program:web", "[program:web]"]);
});

test("an empty file has a selection too", () => {
  expect(growing("¦")).toEqual([""]);
});
