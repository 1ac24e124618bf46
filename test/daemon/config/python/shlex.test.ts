import { describe, expect, test } from "vitest";
import { tokenise } from "../../../../daemon/config/python/shlex.ts";

function texts(text: string, posix: boolean): string[] {
  const options = { posix, extraWordCharacters: "/.+-():", splitOnlyAtSpace: false, comments: true };
  return tokenise(text, options).tokens.map((token) => token.text);
}

describe("without POSIX rules", () => {
  test.each<[string, string[]]>([
    ['A="x y",B=z', ["A", "=", '"x y"', ",", "B", "=", "z"]],
    ["a!b", ["a", "!", "b"]],
    ['x"y z"', ['x"y', 'z"']],
    ['"a"b', ['"a"', "b"]],
    ["pa#ss,B", ["pa"]],
    ["pa#ss\nB", ["paB"]],
    ["# all\nx", ["x"]],
    ["😀x", ["😀", "x"]],
    ["", []],
  ])("%j has the tokens %j", (text, tokens) => {
    expect(texts(text, false)).toEqual(tokens);
  });
});

describe("with POSIX rules", () => {
  test.each<[string, string[]]>([
    ['a"b c"d', ["ab cd"]],
    ["a\\ b", ["a b"]],
    ['"a\\"b\\c"', ['a"b\\c']],
    ["'a\\'", ["a\\"]],
    ['""', [""]],
    ["é", ["é"]],
  ])("%j has the tokens %j", (text, tokens) => {
    expect(texts(text, true)).toEqual(tokens);
  });
});

test("a quote that is not closed, or a backslash at the end, is an error", () => {
  const options = { posix: true, extraWordCharacters: "", splitOnlyAtSpace: true, comments: false };
  expect(tokenise("a 'b", options)).toEqual({
    tokens: [{ text: "a", start: 0, end: 1 }],
    error: "No closing quotation",
  });
  expect(tokenise("a \\", options).error).toBe("No escaped character");
});

test("a token tells where it stands", () => {
  const options = { posix: true, extraWordCharacters: "", splitOnlyAtSpace: true, comments: false };
  expect(tokenise("  a 'b c'd ", options).tokens).toEqual([
    { text: "a", start: 2, end: 3 },
    { text: "b cd", start: 4, end: 10 },
  ]);
});
