import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { offsetAt } from "../../../daemon/config/lines.ts";
import { inEnglish } from "../../../daemon/config/say.ts";
import { allOccurrences } from "../../../language-server/features/occurrences.ts";
import { renamableAt, renameAt } from "../../../language-server/features/rename.ts";
import type { Site } from "../../../language-server/features/site.ts";
import { type Files, siteOf, siteWith } from "../site.ts";

/** The texts of all files after a rename, or the sentence that refuses it. */
function renamed(main: string, newName: string, others: Files = {}): readonly string[] {
  const { site, offset } = siteWith(main, others);
  const texts = renamedTexts(site, offset, newName);
  return typeof texts === "string" ? [texts] : [...texts.values()];
}

function renamedTexts(site: Site, offset: number, newName: string): ReadonlyMap<string, string> | string {
  const edit = renameAt(site, offset, newName);
  if (edit === null) return "nothing to rename";
  if ("refusal" in edit) return inEnglish(edit.refusal);
  return new Map(
    [...site.documents].map(([path, { text, lines }]) => {
      const edits = (edit.changes?.[`file://${path}`] ?? []).toReversed();
      const changed = edits.reduce((before, { range, newText }) => {
        return (
          before.slice(0, offsetAt(lines, range.start)) + newText + before.slice(offsetAt(lines, range.end))
        );
      }, text);
      return [path, changed];
    }),
  );
}

test("a program gets its new name in its header, in groups of other files and in commands", () => {
  const others = { "/w/g.conf": "[group:g]\nprograms=api, web,db ; web\n" };
  expect(renamed("[program:we¦b]\ncommand=supervisorctl restart g:web web:*\n", "site", others)).toEqual([
    "[program:site]\ncommand=supervisorctl restart g:site site:*\n",
    "[group:g]\nprograms=api, site,db ; web\n",
  ]);
});

test.each(["group", "eventlistener", "fcgi-program"])(
  "a name of [%s:x] is changed from its header",
  (kind) => {
    expect(renamed(`[${kind}:x¦]\n`, "y")).toEqual([`[${kind}:y]\n`]);
  },
);

test("white space beside a name stays", () => {
  expect(renamed("[program: web¦ ]\n", "api")).toEqual(["[program: api ]\n"]);
});

test("a variable gets its new name where it is set, expanded and used by a shell", () => {
  const text = `[program:a]\nenvironment=A="1",B¦="2"\ncommand=bash -c "x $B \${B}" %(ENV_B)s $BB\n`;
  expect(renamed(text, "C")).toEqual([
    `[program:a]\nenvironment=A="1",C="2"\ncommand=bash -c "x $C \${C}" %(ENV_C)s $BB\n`,
  ]);
});

test.each([
  ["my web", "Supervisor refuses the name my web: it may hold no space, colon or slash."],
  ["a:b", "Supervisor refuses the name a:b: it may hold no space, colon or slash."],
  ["a,b", "Lists of programs would be split at the comma in a,b."],
  ["50%", "Supervisor would expand the percent sign in 50%."],
  ["a]", "The brackets in a] would end its header."],
  [";a", ";a would start a comment in a list of programs."],
  ["all", "supervisorctl takes all for all programs."],
  ["", "A name needs at least one character."],
  ["api", "There is a program api already."],
  ["g", "There is a group g already."],
])("a program is not renamed to %j", (name, refusal) => {
  expect(renamed("[program:web¦]\n[program:api]\n[group:g]\nprograms=api\n", name)).toEqual([refusal]);
});

test("a group may be called like one of its programs, but not like a program that is alone", () => {
  const text = "[group:g¦]\nprograms=a\n[program:a]\n[program:b]\n";
  expect(renamed(text, "a")).toEqual([text.replace("g¦", "a")]);
  expect(renamed(text, "b")).toEqual(["The program b is a group of its own already."]);
});

test.each([
  [
    "MY PORT",
    "MY PORT is no name of an environment variable: it may hold letters, digits and _ and may not begin with a digit.",
  ],
  ["HOST", "[program:a] sets a variable HOST already."],
  ["HOME", "[program:a] uses another variable HOME already."],
])("a variable is not renamed to %j", (name, refusal) => {
  const text = '[program:a]\nenvironment=PORT¦="1",HOST="x"\ncommand=a %(ENV_HOME)s\n';
  expect(renamed(text, name)).toEqual([refusal]);
});

test("what one program sets does not hinder another", () => {
  const text = '[program:a]\nenvironment=P¦="1"\n[program:b]\nenvironment=Q="1"\n';
  expect(renamed(text, "Q")).toEqual([text.replace("P¦", "Q")]);
});

test("a variable of the supervisor may not get a name under which a program would miss it", () => {
  const text = '[supervisord]\nenvironment=P¦="1"\n[program:b]\nenvironment=Q="1"\ncommand=b %(ENV_P)s\n';
  expect(renamed(text, "Q")).toEqual(["[program:b] sets a variable Q already."]);
});

test("a variable from outside cannot be renamed, and the editor is told why", () => {
  const { site, offset } = siteWith("[program:a]\ncommand=%(ENV_HO¦ME)s\n");
  const at = renamableAt(site, offset);
  expect(at !== null && "refusal" in at && inEnglish(at.refusal)).toBe(
    "HOME is not set in this configuration: it comes from the environment of supervisord.",
  );
});

test("the editor is given the name alone to change", () => {
  const { site, offset } = siteWith("[group:g]\nprograms=api, w¦eb\n");
  expect(renamableAt(site, offset)).toEqual({
    range: { start: { line: 1, character: 14 }, end: { line: 1, character: 17 } },
    placeholder: "web",
  });
});

test("nothing else can be renamed", () => {
  const { site, offset } = siteWith("[program:a]\ncomm¦and=a\n");
  expect(renamableAt(site, offset)).toBeNull();
});

const LINES = [
  "[program:web]",
  "[program:api]",
  "[group:web]",
  "[group:g]",
  "[eventlistener:ear]",
  "[supervisord]",
  "programs=web, api",
  " programs=api,web",
  "command=supervisorctl restart web:* g:api",
  "command=memmon -p web=1MB -g g",
  'environment=PORT="1",HOST="%(ENV_PORT)s"',
  'command=sh -c "x $PORT" %(ENV_HOST)s %(ENV_HOME)s',
  "; note",
  "",
];

test("to rename there and back changes nothing", () => {
  const texts = fc.array(fc.constantFrom(...LINES), { maxLength: 20 }).map((lines) => lines.join("\n"));
  let count = 0;
  fc.assert(
    fc.property(texts, texts, fc.nat(), (main, other, choice) => {
      const before = siteWith(main, { "/w/b.conf": other }).site;
      const all = allOccurrences(before);
      const chosen = all[choice % Math.max(1, all.length)];
      if (chosen === undefined) return;
      const site = siteOf(chosen.file, before.documents);
      const there = renamedTexts(site, chosen.range.start, "fresh");
      if (typeof there === "string") return;
      const after = new Map([...there].map(([path, text]) => [path, parseDocument(text)]));
      const back = renamedTexts(siteOf(chosen.file, after), startAfter(chosen, all), chosen.subject.name);
      // Names that clashed before may not clash again.
      if (typeof back === "string") return;
      count++;
      expect(back).toEqual(new Map([...before.documents].map(([path, { text }]) => [path, text])));
    }),
    { numRuns: 2000 },
  );
  expect(count).toBeGreaterThan(300);
});

type All = ReturnType<typeof allOccurrences>;

/** Where an occurrence starts once those before it in its file are `fresh`. */
function startAfter(chosen: All[number], all: All): number {
  const before = all.filter(
    (one) =>
      one.file === chosen.file &&
      one.range.start < chosen.range.start &&
      JSON.stringify(one.subject) === JSON.stringify(chosen.subject),
  );
  const grown = before.map(({ range }) => "fresh".length - (range.end - range.start));
  return chosen.range.start + grown.reduce((sum, one) => sum + one, 0);
}
