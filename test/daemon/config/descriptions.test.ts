import { expect, test } from "vitest";
import { describeOption, describeSection } from "../../../daemon/config/descriptions.ts";
import { optionsOf, sectionKinds } from "../../../daemon/config/schema.ts";

const options = sectionKinds.flatMap(({ kind }) => optionsOf(kind).map(({ name }) => ({ kind, name })));

test.each(options)("$kind $name is described in whole sentences", ({ kind, name }) => {
  const text = describeOption(kind, name) ?? "";
  expect(text).toMatch(/^[A-Z].*[.]$/s);
  expect(text.split(/[.:?!] (?=[A-Z])/).length).toBeLessThanOrEqual(5);
});

test.each(sectionKinds)("section $kind is described in whole sentences", ({ kind }) => {
  expect(describeSection(kind)).toMatch(/^[A-Z].*[.]$/s);
});

test("an option that a kind does not have has no description", () => {
  expect(describeOption("eventlistener", "redirect_stderr")).toBeUndefined();
  expect(describeOption("group", "command")).toBeUndefined();
  expect(describeOption("group", "constructor")).toBeUndefined();
});
