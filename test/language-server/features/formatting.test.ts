import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseDocument } from "../../../daemon/config/document.ts";
import { positionAt } from "../../../daemon/config/lines.ts";
import {
  type FormatStyle,
  formatDocument,
  formatLines,
} from "../../../language-server/features/formatting.ts";
import { withCursor } from "../cursor.ts";

const STYLE: FormatStyle = { spacesAroundEquals: "keep", tabSize: 4, insertSpaces: true };

function formatted(text: string, style: Partial<FormatStyle> = {}): string {
  return withEdits(text, formatDocument(parseDocument(text), { ...STYLE, ...style }));
}

function withEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///x", "conf", 1, text), [...edits]);
}

describe("a file is put in shape", () => {
  test.each([
    ["white space at the end of lines goes", "[a]  \nx=1\t\n; c \n", "[a]\nx=1\n; c\n"],
    ["headers and options move to the start of the line", "  [a]\n  x=1\n  y=2\n", "[a]\nx=1\ny=2\n"],
    ["one blank line stands between sections", "[a]\nx=1\n\n\n[b]\n[c]\n", "[a]\nx=1\n\n[b]\n\n[c]\n"],
    ["no blank line stands at either end", "\n\n[a]\nx=1\n\n\n", "[a]\nx=1\n"],
    ["the last line ends", "[a]\nx=1", "[a]\nx=1\n"],
    ["several blank lines between options become one", "[a]\nx=1\n\n \n\ny=2\n", "[a]\nx=1\n\ny=2\n"],
    [
      "comments right above a header stay with it",
      "[a]\nx=1\n; about b\n[b]\n",
      "[a]\nx=1\n\n; about b\n[b]\n",
    ],
    [
      "options that are commented out stay with the section above",
      "[a]\nx=1\n;y=2\n; about b\n[b]\n",
      "[a]\nx=1\n;y=2\n\n; about b\n[b]\n",
    ],
    [
      "the lines of a list are aligned",
      "[program:a]\nenvironment=A=1,\n  B=2,\n      C=3\n",
      "[program:a]\nenvironment=A=1,\n    B=2,\n    C=3\n",
    ],
    [
      "lines that begin below the value stay there",
      "[program:a]\nenvironment = A=1,\n              B=2\n",
      "[program:a]\nenvironment = A=1,\n              B=2\n",
    ],
    [
      "the lines of a script keep their steps",
      "[program:a]\ncommand=sh -c '\n if x\n   then y'\n",
      "[program:a]\ncommand=sh -c '\n    if x\n      then y'\n",
    ],
    ["blank lines in a value stay", "[a]\nx=1\n\n\n 2\n", "[a]\nx=1\n\n\n    2\n"],
    ["line breaks stay as they are", "[a]\r\nx=1 \r\n[b]\r\n", "[a]\r\nx=1\r\n\r\n[b]\r\n"],
    ["an empty file stays empty", "", ""],
    ["only white space is nothing", " \n\n\t", ""],
  ])("%s", (_, text, expected) => {
    expect(formatted(text)).toBe(expected);
  });
});

describe("the spaces around the sign", () => {
  test("follow most of the lines", () => {
    expect(formatted("[a]\nx = 1\ny= 2\nz = 3\n")).toBe("[a]\nx = 1\ny = 2\nz = 3\n");
    expect(formatted("[a]\nx=1\ny =2\nz=3\n")).toBe("[a]\nx=1\ny=2\nz=3\n");
  });

  test("follow the setting where it says more", () => {
    expect(formatted("[a]\nx=1\n", { spacesAroundEquals: "always" })).toBe("[a]\nx = 1\n");
    expect(formatted("[a]\nx  =  1\n", { spacesAroundEquals: "never" })).toBe("[a]\nx=1\n");
  });

  test("never make a comment of the value, nor a value of a comment", () => {
    expect(formatted("[a]\nx=;1\n", { spacesAroundEquals: "always" })).toBe("[a]\nx =;1\n");
    expect(formatted("[a]\nx = ;1\n", { spacesAroundEquals: "never" })).toBe("[a]\nx= ;1\n");
  });

  test("stand behind a colon only", () => {
    expect(formatted("[a]\nx :1\n")).toBe("[a]\nx: 1\n");
  });
});

test("tabs are used where the editor uses them", () => {
  expect(formatted("[program:a]\nenvironment=A=1,\n  B=2\n", { insertSpaces: false })).toBe(
    "[program:a]\nenvironment=A=1,\n\tB=2\n",
  );
});

test("a section that Supervisor refuses is left as it is", () => {
  expect(formatted("[a]\n  x = 1 \nbroken\n   y=2\n[b]\n x=1 \n")).toBe(
    "[a]\n  x = 1 \nbroken\n   y=2\n\n[b]\nx=1\n",
  );
});

test("a clean file gets no edit", () => {
  expect(formatDocument(parseDocument("; top\n[a]\nx=1\n\n; b\n[b]\ny=2 ; c\n"), STYLE)).toEqual([]);
});

test("only the lines asked for change, and none moves away from where it begins", () => {
  const text = "[a]\n  x =1 \n  y =2 \nz=3\nv=4\n";
  expect(withEdits(text, formatLines(parseDocument(text), 1, 1, STYLE))).toBe(
    "[a]\n  x=1\n  y =2 \nz=3\nv=4\n",
  );
});

test("a new line puts the one before it in shape", () => {
  const { document, offset } = withCursor("[a]\nx=1\ny  = 2  \n¦\n\n\n[b]\n");
  const { line } = positionAt(document.lines, offset);
  expect(withEdits(document.text, formatLines(document, line - 1, line - 1, STYLE))).toBe(
    "[a]\nx=1\ny=2\n\n\n\n[b]\n",
  );
});

const PIECES = [
  "[program:web]",
  "[a]",
  "command",
  "environment",
  "=",
  ":",
  " = ",
  "\n",
  "\n",
  "\n",
  "\n  ",
  "\n\t",
  "\n ",
  "\r\n",
  "\r",
  " ;",
  "#",
  ";",
  "x",
  "A=1,",
  "y=2",
  " ",
  "\t",
  "\u00a0",
  "\u2028",
  "\x0c",
  "[",
  "]",
  "; x=1",
  "é",
];

const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(""));
const styles = fc.record({
  spacesAroundEquals: fc.constantFrom("keep" as const, "always" as const, "never" as const),
  tabSize: fc.integer({ min: 1, max: 8 }),
  insertSpaces: fc.boolean(),
});

/** What Supervisor's parser would make of a text. */
function meaning(text: string): unknown {
  const { preamble, sections } = parseDocument(text);
  return [preamble, ...sections].map(({ name, entries, broken }) => ({
    name,
    entries: entries.map(({ key, value }) => [key, value]),
    broken: broken.length,
  }));
}

test("the second time changes nothing, and no time changes what the file means", () => {
  let changes = 0;
  fc.assert(
    fc.property(texts, styles, (text, style) => {
      const once = formatted(text, style);
      if (once !== text) changes++;
      expect(meaning(once)).toEqual(meaning(text));
      expect(formatted(once, style)).toBe(once);
    }),
    { numRuns: 5000 },
  );
  expect(changes).toBeGreaterThan(2000);
});

test("some lines of any file can be put in shape, and the file means the same", () => {
  fc.assert(
    fc.property(texts, styles, fc.nat(), fc.nat({ max: 4 }), (text, style, at, length) => {
      const document = parseDocument(text);
      const first = at % document.lines.starts.length;
      const once = withEdits(text, formatLines(document, first, first + length, style));
      expect(meaning(once)).toEqual(meaning(text));
    }),
    { numRuns: 2000 },
  );
});
