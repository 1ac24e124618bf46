import { describe, expect, test } from "vitest";
import { describeOption, describeSection } from "../../../daemon/config/descriptions.ts";
import { optionsOf, sectionKinds } from "../../../daemon/config/schema.ts";
import { CHINESE } from "../../../language-server/l10n/zh-cn.ts";
import { templatesIn, templatesOf } from "./templates.ts";

const templates = [...templatesIn(["daemon/config", "language-server"])];
const translated = Object.entries(CHINESE.texts);

describe("the Chinese catalogue", () => {
  test("has every message of the sources", () => {
    expect(templates.filter((template) => CHINESE.texts[template] === undefined)).toEqual([]);
  });

  test("has no message that is said nowhere", () => {
    expect(Object.keys(CHINESE.texts).filter((template) => !templates.includes(template))).toEqual([]);
  });

  test("keeps every value of a message", () => {
    for (const [template, text] of translated)
      expect(placeholders(text), text).toEqual(placeholders(template));
  });

  test("keeps expansions, section names and code as they are", () => {
    for (const [template, text] of translated) expect(codes(text), text).toEqual(codes(template));
  });

  test("is written with Chinese punctuation", () => {
    for (const [, text] of translated) {
      expect(text, text).not.toMatch(/[\u4e00-\u9fff][,:;?!]|[,;?!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.$/u);
      expect(text, text).not.toMatch(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/u);
    }
  });

  test("sets Latin words apart from Chinese ones by a space", () => {
    for (const [, text] of translated)
      expect(text, text).not.toMatch(/[\u4e00-\u9fff][a-z0-9%`[]|[a-z0-9`\])][\u4e00-\u9fff]/iu);
  });
});

describe("the Chinese descriptions", () => {
  test.each(sectionKinds)("cover [$kind] and exactly its options", ({ kind }) => {
    const names = optionsOf(kind).map((option) => option.name);
    expect(Object.keys(CHINESE.descriptions[kind].options).sort()).toEqual(names.toSorted());
  });

  test.each(sectionKinds)("of [$kind] are whole sentences with the same code in them", ({ kind }) => {
    expect(describeSection(kind, CHINESE.descriptions)).toMatch(/。$/);
    for (const { name } of optionsOf(kind)) {
      const text = describeOption(kind, name, CHINESE.descriptions) ?? "";
      expect(text, name).toMatch(/。$/);
      expect(quoted(text), name).toEqual(quoted(describeOption(kind, name) ?? ""));
    }
  });
});

test("a message is found with its values, and so are messages inside these", () => {
  const value = "$" + "{n ? say`one` : `$" + "{n}`}";
  const source = `say\`a ${value} b\`; say\`\\\`c\\\`\`; say\`\\u2026\``;
  expect(templatesOf(source)).toEqual(["a {0} b", "one", "`c`", "…"]);
});

function placeholders(text: string): readonly string[] {
  return (text.match(/\{\d+\}/g) ?? []).toSorted();
}

/** What a user would type: names in brackets, expansions, options with values, quoted code. */
function codes(text: string): readonly string[] {
  const found = text.match(/\[[a-z:_{}\d]+\]|%\([\w{}]*\)\w*|\w+=(?:[\w"]|[.,](?=\d))+|`[^`]*`/g) ?? [];
  return found.filter((code) => code !== "[section]" && code !== "option=value").toSorted();
}

function quoted(text: string): readonly string[] {
  return [...new Set(text.match(/`[^`]*`/g) ?? [])].toSorted();
}
