import { expect, test } from "vitest";
import { parseEnvFile } from "../../../daemon/config/env-file.ts";
import { inEnglish } from "../../../daemon/config/say.ts";

/** The variables of a text, or what is wrong with it. */
function read(text: string): Readonly<Record<string, string>> | string {
  const parsed = parseEnvFile(text);
  return "problem" in parsed
    ? `${parsed.line}: ${inEnglish(parsed.problem)}`
    : Object.fromEntries(parsed.variables);
}

test.each([
  ["", {}],
  ["\ufeffA=1\r\nB=2", { A: "1", B: "2" }],
  ["# x\n\n  A = two words  \nA=3", { A: "3" }],
  ["export A=1", { A: "1" }],
  ["A=", { A: "" }],
  ["A= # none\r\nB=a#b # c\r\n", { A: "", B: "a#b" }],
  ["A='$HOME \\n # x' # y", { A: "$HOME \\n # x" }],
  ['A="a\\nb \\"c\\" \\$D \\x"', { A: 'a\nb "c" $D \\x' }],
  ['A="one\r\ntwo"\nB=1', { A: "one\ntwo", B: "1" }],
  ["A=b=c", { A: "b=c" }],
])("%j is read as %j", (text, variables) => {
  expect(read(text)).toEqual(variables);
});

test.each([
  ["A=1\nB", "2: there is no ="],
  ["1A=1", "1: 1A is no name of a variable"],
  ["A='x\nB=1", "1: a quote is not closed"],
  ['\nA="x" y', "2: something follows the closing quote"],
])("%j is refused with its line", (text, problem) => {
  expect(read(text)).toBe(problem);
});
