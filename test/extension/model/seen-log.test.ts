import { expect, test } from "vitest";
import { endOffset, freshPart } from "../../../extension/model/seen-log.ts";

const ended = (until: number) => ({ text: "", offset: until });

test("history that was seen is not shown again, in bytes", () => {
  expect(freshPart({ text: "äöü", offset: 10 }, ended(14))).toEqual({ text: "ü", before: 0 });
  expect(freshPart({ text: "abc", offset: 10 }, ended(10)).text).toBe("abc");
  expect(freshPart({ text: "abc", offset: 10 }, ended(13)).text).toBe("");
  expect(freshPart({ text: "€😀z", offset: 0 }, ended(7)).text).toBe("z");
  expect(endOffset({ text: "äb€😀", offset: 5 })).toBe(5 + new TextEncoder().encode("äb€😀").length);
});

test("what came meanwhile and is too much is said to be left out, and lines begin whole", () => {
  expect(freshPart({ text: "rest\nline\n", offset: 1000 }, ended(400))).toEqual({
    text: "line\n",
    before: 600,
  });
});

test("the end of a long log begins with a whole line, and what is before it is known", () => {
  expect(freshPart({ text: "ine 1\nline 2\n", offset: 50 }, null)).toEqual({ text: "line 2\n", before: 50 });
  expect(freshPart({ text: "line 1\n", offset: 0 }, null)).toEqual({ text: "line 1\n", before: 0 });
});

test("a log that begins anew is shown from its start", () => {
  expect(freshPart({ text: "fresh", offset: 0 }, ended(5000)).text).toBe("fresh");
});
