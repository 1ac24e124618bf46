import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNamePattern } from "../../../../daemon/config/python/fnmatch.ts";
import { absolutePath, directoryOf, normalPath } from "../../../../daemon/config/python/paths.ts";
import { ascii, repr } from "../../../../daemon/config/python/repr.ts";
import { compareText, strip, words } from "../../../../daemon/config/python/text.ts";
import { decodeUtf8 } from "../../../../daemon/config/python/utf8.ts";

test.each([
  ["a'b", `"a'b"`],
  ['a"b', `'a"b'`],
  [`a'"b`, `'a\\'"b'`],
  ["\x7f\x00\\\t", "'\\x7f\\x00\\\\\\t'"],
  ["é\xa0\xad", "'é\\xa0\\xad'"],
  ["\u200b", "'\\u200b'"],
  ["\ud800", "'\\ud800'"],
  ["😀", "'😀'"],
])("%j is quoted as %s", (text, quoted) => {
  expect(repr(text)).toBe(quoted);
});

test("ascii escapes all that is not", () => {
  expect(ascii("é😀")).toBe("'\\xe9\\U0001f600'");
});

test("white space is what Python counts as such", () => {
  expect(strip("\x1c\u00a0\u2028a\u200b\ufeff\u3000")).toBe("a\u200b\ufeff");
  expect(words(" a\u2003b\x1fc ")).toEqual(["a", "b", "c"]);
});

test("texts are ordered by code point", () => {
  expect(["😀", "\uff5e", "b", "a", "ab"].sort(compareText)).toEqual(["a", "ab", "b", "\uff5e", "😀"]);
});

test.each([
  ["/..", "/"],
  ["..", ".."],
  ["/../a", "/a"],
  ["a/..", "."],
  ["//a/..", "//"],
  ["a/../../b", "../b"],
  ["///", "/"],
  ["", "."],
])("%j is normalised to %j", (path, normal) => {
  expect(normalPath(path)).toBe(normal);
});

test("a path's directory and absolute form are Python's", () => {
  expect(["/a", "a", "//a", "a//b", "/"].map(directoryOf)).toEqual(["/", "", "//", "a", "/"]);
  expect(absolutePath("../x", "/a/b")).toBe("/a/x");
});

test.each<[string, string, boolean]>([
  ["*.conf", "a.conf", true],
  ["*.conf", "a.confx", false],
  ["[!a]?", "bc", true],
  ["[!a]?", "ac", false],
  ["[]x]", "]", true],
  ["[a-c]", "b", true],
  ["[c-a]", "b", false],
  ["[a", "[a", true],
  ["a.b", "axb", false],
  ["[a-]", "-", true],
  ["a-b[!-x]", "a-by", true],
])("the pattern %j and the name %j: %s", (pattern, name, matches) => {
  expect(fileNamePattern(pattern).test(name)).toBe(matches);
});

test.each([
  ["*a".repeat(60), "a".repeat(59)],
  ["*a".repeat(60), `${"a".repeat(20_000)}b`],
  [`${"*[a-c]".repeat(40)}x`, "abc".repeat(5000)],
  ["*a*b*c*d*e*f*g*h", "abcdefg".repeat(3000)],
])("no pattern takes long: %j", (pattern, name) => {
  const started = performance.now();
  expect(fileNamePattern(pattern).test(name)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});

test("what several signs may stand for is found wherever it is", () => {
  expect(fileNamePattern("*ab*ab*b").test("aababxb")).toBe(true);
  expect(fileNamePattern("a*b*a").test("aba")).toBe(true);
  expect(fileNamePattern("a*b*a").test("ab")).toBe(false);
});

test("any pattern matches some names or none, without a throw", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("[", "]", "!", "-", "^", "\\", "*", "a") }),
      (a, b) => {
        expect(typeof fileNamePattern(a + b).test(a)).toBe("boolean");
      },
    ),
  );
});

test("bytes that are not UTF-8 are told as Python tells them", () => {
  const decoded = decodeUtf8(Uint8Array.of(0x61, 0x0a, 0xc3, 0x28));
  expect(decoded).toEqual({
    error: "'utf-8' codec can't decode byte 0xc3 in position 2: invalid continuation byte",
    textBefore: "",
    offset: 2,
    line: 2,
  });
});

test("bytes that are UTF-8 are decoded, a byte order mark kept", () => {
  expect(decodeUtf8(new TextEncoder().encode("\ufeffé日😀"))).toEqual({ text: "\ufeffé日😀" });
});
