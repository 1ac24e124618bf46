import { expect, test } from "vitest";
import type { MarkupContent } from "vscode-languageserver";
import { optionsOf, sectionKinds } from "../../../daemon/config/schema.ts";
import { hoverAt } from "../../../language-server/features/hover.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { withCursor } from "../cursor.ts";

/** The Markdown shown at the mark; null for nothing. */
function shown(marked: string): string | null {
  const { document, offset } = withCursor(marked);
  const hover = hoverAt(document, offset, english);
  return hover === null ? null : (hover.contents as MarkupContent).value;
}

test("an option tells what it takes, its default, what it does and since when", () => {
  const text = shown("[program:web]\nauto¦start=true");
  expect(text).toContain("**autostart** · `true` or `false` · default `true`");
  expect(text).toContain("starts together with supervisord");
  expect(text).toContain("Since Supervisor 3.0");
});

test("an option that must be there is told as required", () => {
  expect(shown("[program:web]\ncom¦mand=app")).toContain("required");
});

test("every option of every kind of section can be hovered", () => {
  for (const { kind } of sectionKinds) {
    for (const option of optionsOf(kind)) {
      const text = shown(
        `[${kind}:x]\n¦${option.name}=`.replace(/\[(supervis.*|include|un.*|in.*):x\]/, "[$1]"),
      );
      expect(text, `${kind} ${option.name}`).toContain(`**${option.name}**`);
      expect(text, `${kind} ${option.name}`).toContain(
        option.since === null ? "Not in Supervisor" : `Since Supervisor ${option.since}`,
      );
    }
  }
});

test("the same name tells what it is in its own section", () => {
  expect(shown("[group:g]\npri¦ority=1")).toContain("group");
  expect(shown("[eventlistener:l]\npri¦ority=1")).toContain("default `-1`");
});

test("a section tells what it is for and what it needs", () => {
  const text = shown("[eventlis¦tener:l]");
  expect(text).toContain("stdin and stdout");
  expect(text).toContain("It needs `events` and `command`.");
});

test("a value that is cut tells where, and what is lost", () => {
  const text = shown("[program:web]\ncommand=ba¦sh -c 'a ; b'");
  expect(text).toContain("White space and `;` start a comment, inside quotes too");
  expect(text).toContain("The value of `command` is `bash -c 'a`; `; b'` is not part of it.");
});

test("the lost text itself tells the same", () => {
  expect(shown("[program:web]\ncommand=bash -c 'a ; ¦b'")).toContain("`; b'` is not part of it");
});

test("back quotes in a value do not break the text", () => {
  expect(shown("[program:web]\ncommand=echo `date` ;¦ x")).toContain("`` echo `date` ``");
});

test("an expansion tells what it stands for", () => {
  expect(shown("[program:web]\ncommand=%(he¦re)s/run")).toContain("The folder of the file");
  expect(shown("[program:web]\ncommand=%(ENV_HO¦ME)s/run")).toContain("environment variable `HOME`");
  expect(shown("[program:web]\ncommand=date +%¦%Y")).toContain("One percent sign.");
});

test("an expansion on a continuation line is found where it stands", () => {
  expect(shown("[program:web]\nenvironment=A=1, ; note\n  B=%(process_¦num)d")).toContain(
    "number of the process",
  );
});

test("unknown sections, unknown options, comments and empty lines say nothing", () => {
  expect(shown("[mys¦tery]")).toBeNull();
  expect(shown("[program:web]\nmys¦tery=1")).toBeNull();
  expect(shown("; no¦te")).toBeNull();
  expect(shown("[program:web]\n¦\n")).toBeNull();
  expect(shown("¦")).toBeNull();
});
