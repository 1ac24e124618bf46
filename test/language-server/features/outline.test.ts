import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { foldingOf } from "../../../language-server/features/folding.ts";
import { symbolsOf } from "../../../language-server/features/symbols.ts";

function folds(text: string): string[] {
  return foldingOf(parseDocument(text)).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind === undefined ? "" : ` ${kind}`}`,
  );
}

test("the outline holds the sections, and under each its options with their values", () => {
  const [web, group] = symbolsOf(
    parseDocument("[program:web]\ncommand=app\n  --x\nnumprocs=3\n\n[group:g]\n"),
  );
  expect(web).toMatchObject({ name: "program:web (×3)" });
  expect(web?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 3, character: 10 } });
  expect(web?.children?.map((child) => [child.name, child.detail])).toEqual([
    ["command", "app\n--x"],
    ["numprocs", "3"],
  ]);
  expect(group).toMatchObject({ name: "group:g", children: [] });
});

test("each symbol's name lies within its range", () => {
  for (const symbol of symbolsOf(parseDocument("[program:web]\n[a]\nb=\n"))) {
    expect(symbol.selectionRange.end.line).toBeLessThanOrEqual(symbol.range.end.line);
    expect(symbol.range.end.character).toBeGreaterThanOrEqual(symbol.selectionRange.end.character);
  }
});

test("a section folds up to its last option, a value over its lines", () => {
  expect(folds("[program:web]\ncommand=app\n  --x\n\n; about the next\n[group:g]\n")).toEqual(["0-2", "1-2"]);
});

test("comments in a row fold as a block", () => {
  expect(folds("; one\n; two\n\n; alone\n[a]\n; three\n# four")).toEqual(["0-1 comment", "5-6 comment"]);
});

test("marked regions fold, one within the other", () => {
  const text = "; region outer\n[a]\n;#region inner\n[b]\n; endregion\n[c]\n# endregion\n";
  expect(folds(text)).toEqual(["2-4 region", "0-6 region"]);
});

test("an end without a beginning folds nothing", () => {
  expect(folds("; endregion\n[a]\n")).toEqual([]);
});
