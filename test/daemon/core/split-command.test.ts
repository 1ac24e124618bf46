import { expect, test } from "vitest";
import { splitCommand } from "../../../daemon/core/split-command.ts";

const cases: readonly (readonly [string, readonly string[] | string])[] = [
  ["/bin/cat -n", ["/bin/cat", "-n"]],
  ["  a\t b\nc ", ["a", "b", "c"]],
  [`sh -c 'echo "x y"'`, ["sh", "-c", 'echo "x y"']],
  [`a"b c"d ''`, ["ab cd", ""]],
  [`"a\\"b" "c\\d" e\\ f`, ['a"b', "c\\d", "e f"]],
  ["a # b", ["a", "#", "b"]],
  ["echo 'a", "No closing quotation"],
  ["echo \\", "No escaped character"],
  ["", []],
];

test.each(cases)("%j is split as a POSIX shell would split its words", (command, expected) => {
  const split = splitCommand(command);
  expect(split.ok ? split.argv : split.reason).toEqual(expected);
});
