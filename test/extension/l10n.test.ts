import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const extension = join(import.meta.dirname, "../../extension");
const chinese = Object(JSON.parse(readFileSync(join(extension, "l10n/bundle.l10n.zh-cn.json"), "utf8")));

test("each text of the interface has its Chinese, in the order of the alphabet, and no Chinese is left over", () => {
  expect(Object.keys(chinese)).toEqual([...textsOfSources()].toSorted());
});

test("each Chinese text holds the values of the English one", () => {
  for (const [english, words] of Object.entries<string>(chinese)) {
    expect(placeholders(words), english).toEqual(placeholders(english));
  }
});

test("no text is put together outside its literal, where no translation finds it", () => {
  const calls = sources().flatMap((source) => source.match(/\bt\((?!text\b|\s*")[^\n]*/g) ?? []);
  expect(calls).toEqual([]);
});

test("all bundles of the extension word their texts by the one translation that the editor is asked for", () => {
  const bundles = join(import.meta.dirname, "../../dist/extension");
  const names = readdirSync(bundles).filter((name) => name.endsWith(".cjs"));
  const fillsIn = String.raw`.replace(/\{(\d+)\}/g`;
  const withOwn = names.filter((name) => readFileSync(join(bundles, name), "utf8").includes(fillsIn));
  // What agents start is no part of the editor, and speaks English.
  expect(withOwn.toSorted()).toEqual(["l10n.cjs", "supervisord-mcp.cjs"]);
});

function textsOfSources(): Set<string> {
  const literals = sources().flatMap((source) => [...source.matchAll(/\bt\(\s*("(?:[^"\\]|\\.)*")/g)]);
  return new Set(literals.map(([, literal]) => String(JSON.parse(String(literal)))));
}

function sources(): string[] {
  return readdirSync(extension, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(extension, path), "utf8"));
}

function placeholders(text: string): string[] {
  return (text.match(/\{\d+\}/g) ?? []).toSorted();
}
