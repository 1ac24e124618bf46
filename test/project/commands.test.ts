import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const titles = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8"));
const declared: readonly { command: string; title: string; category: string }[] = contributes.commands;
const ids = declared.map(({ command }) => command);

test("the manifest's commands are those of the table", () => {
  expect([...handlers().keys()].toSorted()).toEqual(ids.toSorted());
});

test("what the palette hides does the same there under another name, and asks which program is meant", () => {
  const hidden = contributes.menus.commandPalette
    .filter(({ when }: { when: string }) => when === "false")
    .map(({ command }: { command: string }) => command);
  const all = handlers();
  const shown = new Set(ids.filter((id) => !hidden.includes(id)).map((id) => all.get(id)));
  expect(hidden.filter((id: string) => !shown.has(all.get(id)))).toEqual([]);
});

test("titles of commands are in title case, under one category", () => {
  const small = /^(?:a|all|and|as|at|by|for|in|its|of|on|or|the|to|with|supervisord\.conf)\b/;
  for (const { title, category } of declared) {
    const text = String(titles[title.slice(1, -1)]);
    expect(category).toBe("Supervisord");
    const words = text.split(" ");
    for (const word of words) expect(word, text).toMatch(small.test(word) ? small : /^[A-Z"(]/);
    expect(words[0], text).toMatch(/^[A-Z]/);
  }
});

/** What each command of the table does, as its source says. */
function handlers(): ReadonlyMap<string, string> {
  const source = readFileSync(join(root, "extension/commands.ts"), "utf8");
  const start = source.indexOf("const COMMANDS");
  const entries = source.slice(start, source.indexOf("\n};", start)).split(/\n {2}(?="supervisord\.)/);
  const parsed = entries.map((entry) => /^"(supervisord\.\w+)":\s*([\s\S]*?),?$/.exec(entry));
  return new Map(parsed.flatMap((match) => (match === null ? [] : [[match[1] ?? "", match[2] ?? ""]])));
}
