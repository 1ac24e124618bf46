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

test("no words for people stand outside t, where they would stay English", () => {
  const wordy = sourceFiles().filter(
    ({ path }) => !WORDS_OF_OTHERS.some((others) => path.startsWith(others)),
  );
  const found = wordy.flatMap(({ path, text }) => proseOutsideT(text).map((words) => `${path}: ${words}`));
  expect(found).toEqual([]);
});

test("all bundles of the extension word their texts by the one translation that the editor is asked for", () => {
  const bundles = join(import.meta.dirname, "../../dist/extension");
  const names = readdirSync(bundles).filter((name) => name.endsWith(".cjs"));
  const fillsIn = String.raw`.replace(/\{(\d+)\}/g`;
  const withOwn = names.filter((name) => readFileSync(join(bundles, name), "utf8").includes(fillsIn));
  // What agents start is no part of the editor, and speaks English.
  expect(withOwn.toSorted()).toEqual(["l10n.cjs", "supervisord-mcp.cjs"]);
});

/** What is written for models, and the lines of the log, which are for reports. */
const WORDS_OF_OTHERS = [
  "agents/",
  "model/agent-",
  "supervisord-mcp.ts",
  "model/server.ts",
  "servers/user-environment.ts",
];

/** What only looks like prose: examples, what other programs say, names, and a reason that only the log tells. */
const NO_PROSE = new Set([
  "npm run dev",
  "Exited too quickly",
  "Bad exit code",
  "For help, use",
  "WebSockets request was expected",
  "Supervisord: 0",
  "no process of 0 is like 0",
]);

/** The literals of a source that hold words in a row, or stand where the editor shows them. */
function proseOutsideT(text: string): string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm, "")
    .replace(/^.*\b(?:log|outputChannel)\.(?:info|warn|error)\(.*$/gim, "");
  const literals = code.matchAll(/(\bt\(\s*)?(?<![\\"])("(?:[^"\\\n]|\\.)*"|`(?:[^`\\\n]|\\.)*`)/g);
  return [...literals].flatMap(([, call, literal = ""]) => {
    const words = literal
      .slice(1, -1)
      .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "0")
      .replace(/^Supervisord: /, "");
    const isProse =
      /[A-Za-z]{2,} [A-Za-z]|\b0 [a-z]{2,}|[a-z]{2,}:? 0\b/.test(words) || shownLabel(code, literal);
    return call === undefined && isProse && !NO_PROSE.has(words) ? [literal] : [];
  });
}

/** Whether a single word is the title, label or button of something. */
function shownLabel(code: string, literal: string): boolean {
  const keys = "title|label|description|detail|tooltip|prompt|placeHolder|accessibleLabel";
  const before = code.slice(0, code.indexOf(literal));
  return /^"[A-Z][a-z]+/.test(literal) && new RegExp(`\\b(?:${keys}):\\s*$`).test(before);
}

function textsOfSources(): Set<string> {
  const literals = sources().flatMap((source) => [...source.matchAll(/\bt\(\s*("(?:[^"\\]|\\.)*")/g)]);
  return new Set(literals.map(([, literal]) => String(JSON.parse(String(literal)))));
}

function sources(): string[] {
  return sourceFiles().map(({ text }) => text);
}

function sourceFiles(): { readonly path: string; readonly text: string }[] {
  return readdirSync(extension, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path, text: readFileSync(join(extension, path), "utf8") }));
}

function placeholders(text: string): string[] {
  return (text.match(/\{\d+\}/g) ?? []).toSorted();
}
