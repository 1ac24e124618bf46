import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { API_MARKS, apiText } from "../helpers/api-text.ts";
import { MARKS, optionTables } from "../helpers/option-tables.ts";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

test("README.md lists the options of the table that the reader uses (else: npm run docs)", () => {
  const part = readme.slice(readme.indexOf(MARKS.begin), readme.indexOf(MARKS.end) + MARKS.end.length);
  expect(unaligned(part)).toBe(unaligned(optionTables()));
});

test("README.md shows the interface for other extensions as it is (else: npm run docs)", () => {
  const end = readme.indexOf(API_MARKS.end) + API_MARKS.end.length;
  expect(readme.slice(readme.indexOf(API_MARKS.begin), end)).toBe(apiText());
});

/** The formatter aligns the columns of tables. */
function unaligned(table: string): string {
  return table.replace(/ *\| */g, "|").replace(/-{3,}/g, "---");
}
