import { describe, expect, test } from "vitest";
import { offsetOfValue, parseDocument, serialise } from "../../../daemon/config/document.ts";
import type { TextRange } from "../../../daemon/config/problem.ts";

function entriesOf(text: string): [string, string][] {
  return parseDocument(text).sections.flatMap(({ entries }) =>
    entries.map(({ key, value }): [string, string] => [key, value]),
  );
}

function textOf(text: string, range: TextRange | null | undefined): string | null {
  return range === null || range === undefined ? null : text.slice(range.start, range.end);
}

describe("a document", () => {
  test("has sections with their entries in order", () => {
    const document = parseDocument("[a]\nx=1\n[b]\ny: 2\nz = 3\n");
    expect(document.sections.map((section) => section.name)).toEqual(["a", "b"]);
    expect(document.sections[1]?.entries.map((entry) => [entry.key, entry.value])).toEqual([
      ["y", "2"],
      ["z", "3"],
    ]);
  });

  test("keeps where keys, delimiters and values stand", () => {
    const text = "[a]\n Key :  some value  ; note\n";
    const entry = parseDocument(text).sections[0]?.entries[0];
    expect(textOf(text, entry?.keyRange)).toBe("Key");
    expect(text[entry?.delimiter ?? -1]).toBe(":");
    expect(textOf(text, entry?.valueRange)).toBe("some value");
    expect(textOf(text, entry?.pieces[0]?.comment?.range)).toBe("; note");
  });

  test("has keys in lower case", () => {
    expect(entriesOf("[a]\nCommand=X\n")).toEqual([["command", "X"]]);
  });

  test("splits an entry at its first = or :", () => {
    expect(entriesOf("[a]\nurl=http://x?a=b\nk:v=w\n")).toEqual([
      ["url", "http://x?a=b"],
      ["k", "v=w"],
    ]);
  });

  test("ends a line with LF, CR LF or CR", () => {
    expect(entriesOf("[a]\r\nx=1\ry=2\n")).toEqual([
      ["x", "1"],
      ["y", "2"],
    ]);
  });
});

describe("a comment", () => {
  test.each([
    ["x=a ;b", "a"],
    ["x=a\t#b", "a"],
    ["x='a ;b'", "'a"],
    ["x=a;b", "a;b"],
    ["x=a#b", "a#b"],
    ["x=; a", "; a"],
    ["x= ;a", ""],
    ["x=a\u00a0;b", "a"],
    ["x=a\u200b;b", "a\u200b;b"],
  ])("in %j leaves the value %j", (line, value) => {
    expect(entriesOf(`[a]\n${line}\n`)).toEqual([["x", value]]);
  });

  test("further left is passed over when one further right is found in an earlier round", () => {
    expect(entriesOf("[a]\nx=a;b ;c #d\n")).toEqual([["x", "a;b ;c"]]);
  });

  test("on a line of its own does not end the value", () => {
    expect(entriesOf("[a]\nx=1\n ; note\n 2\n")).toEqual([["x", "1\n2"]]);
  });
});

describe("an indented line", () => {
  test("continues the value above, whatever it looks like", () => {
    expect(entriesOf("[a]\nx=1\n  y=2\n  [b]\n")).toEqual([["x", "1\ny=2\n[b]"]]);
  });

  test("starts an entry where its indent is not deeper", () => {
    expect(entriesOf("[a]\n  x=1\n  y=2\n")).toEqual([
      ["x", "1"],
      ["y", "2"],
    ]);
  });

  test("starts an entry right after a header", () => {
    expect(entriesOf("[a]\n  x=1\n")).toEqual([["x", "1"]]);
  });

  test("continues over blank lines, which the value keeps", () => {
    expect(entriesOf("[a]\nx=1\n\n  2\n\n")).toEqual([["x", "1\n\n2"]]);
  });
});

describe("a header", () => {
  test("reaches to the last bracket of its line", () => {
    expect(parseDocument("[a]b]\n").sections[0]?.name).toBe("a]b");
  });

  test("may be followed by text, which is ignored", () => {
    const text = "[a] junk ; note\n";
    expect(textOf(text, parseDocument(text).sections[0]?.header?.ignored)).toBe("junk");
  });

  test("without a name is a broken line", () => {
    expect(parseDocument("[a]\n[]\n").sections[0]?.broken.map((line) => line.reason)).toEqual([
      "no-delimiter",
    ]);
  });
});

test("a line without a delimiter, or without a key, is broken", () => {
  const text = "[a]\nrem x\n=1\n";
  const broken = parseDocument(text).sections[0]?.broken ?? [];
  expect(broken.map(({ range, reason }) => [textOf(text, range), reason])).toEqual([
    ["rem x", "no-delimiter"],
    ["=1", "no-key"],
  ]);
});

test("what stands before the first header is the preamble", () => {
  expect(parseDocument("x=1\n[a]\n").preamble.entries.map((entry) => entry.key)).toEqual(["x"]);
});

test("a place in a joined value is found in the text", () => {
  const text = "[a]\nx=one\n   two three\n";
  const entry = parseDocument(text).sections[0]?.entries[0];
  if (entry === undefined) throw new Error("cannot find the entry");
  expect(text.slice(offsetOfValue(entry, entry.value.indexOf("three")))).toBe("three\n");
});

test("a document put together from its parts is the text", () => {
  const text = "\ufeff; c\n[a] x ;y\r\n k = v ; c\n   w\r\rbroken\n[]";
  expect(serialise(parseDocument(text))).toBe(text);
});
