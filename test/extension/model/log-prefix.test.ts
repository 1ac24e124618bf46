import { expect, test } from "vitest";
import { prefixOf, prefixWidth } from "../../../extension/model/log-prefix.ts";

test("the lines of programs stand under each other, told apart by shape and colour", () => {
  const names = ["web", "worker"];
  const prefixes = names.map((name, index) => prefixOf(name, index, prefixWidth(names)));
  expect(prefixes.map(({ plain }) => plain)).toEqual(["web    │ ", "worker ┃ "]);
  expect(prefixes.map(({ coloured }) => coloured)).toEqual([
    "\u001b[0;36mweb    │ \u001b[0m",
    "\u001b[0;33mworker ┃ \u001b[0m",
  ]);
});

test("a very long name widens only its own lines", () => {
  const long = "n".repeat(60);
  const width = prefixWidth(["a", long]);
  expect(prefixOf("a", 0, width).plain).toBe(`${"a".padEnd(24)} │ `);
  expect(prefixOf(long, 1, width).plain).toBe(`${long} ┃ `);
});

test("the seventh program to speak looks as the first", () => {
  expect(prefixOf("a", 6, 1)).toEqual(prefixOf("a", 0, 1));
});
