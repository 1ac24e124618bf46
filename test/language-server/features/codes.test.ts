import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CODES, pageLine } from "../../../language-server/features/codes.ts";

const page = readFileSync("language-server/DIAGNOSTICS.md", "utf8").split("\n");

/** What looks like a code in the sources, and is one by what stands before its dot. */
const written = new Set(
  globSync(["daemon/config/**/*.ts", "language-server/**/*.ts"], {
    exclude: ["language-server/features/codes.ts", "language-server/features/repetition.ts"],
  })
    .flatMap((file) => readFileSync(file, "utf8").match(/(?<=")[a-z]+\.[a-z-]+(?=")/g) ?? [])
    .filter(
      (text) => CODES.some((code) => code.startsWith(`${text.split(".")[0]}.`)) && text !== "include.files",
    ),
);

test("each code that the sources report is listed", () => {
  expect([...written].filter((code) => !CODES.includes(code))).toEqual([]);
});

test("each code that is listed is reported somewhere", () => {
  // The codes of values and of broken lines are put together from their type and their reason.
  const unused = CODES.filter((code) => !written.has(code) && !/^(value|syntax)\./.test(code));
  expect(unused).toEqual([]);
});

test("codes are in order, each once", () => {
  expect(CODES).toEqual([...new Set(CODES)].toSorted());
});

test("the page explains each code at the line that the server names", () => {
  expect(page.filter((line) => line.startsWith("## "))).toEqual(CODES.map((code) => `## \`${code}\``));
  for (const code of CODES) {
    const line = pageLine(code) ?? 0;
    expect(page[line - 1]).toBe(`## \`${code}\``);
    expect(page[line + 1]).toMatch(/^[A-Z"`].*\.$/);
  }
});

test("a code that is unknown has no line", () => {
  expect(pageLine("nothing.such")).toBeNull();
});
