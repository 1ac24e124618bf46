import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import type { Problem } from "../../../daemon/config/problem.ts";
import { say } from "../../../daemon/config/say.ts";
import { codeActionsOf } from "../../../language-server/features/code-actions.ts";
import {
  diagnosticsOf,
  type FileView,
  tooLongDiagnostic,
} from "../../../language-server/features/diagnostics.ts";
import { concernsPart } from "../../../language-server/features/part.ts";
import { english } from "../../../language-server/l10n/words.ts";

const TELLING = { words: english, page: null };

const MAIN = "/etc/supervisord.conf";
const PART = "/etc/conf.d/a.conf";

const VIEWS = new Map<string, FileView>([
  [
    MAIN,
    { uri: "file:///etc/supervisord.conf", lines: parseDocument("[supervisord]\r\nnodaemon=mayb\r\n").lines },
  ],
  [PART, { uri: "file:///etc/conf.d/a.conf", lines: parseDocument("[program:a]\ncommand=a\n").lines }],
]);

const find = (file: string) => VIEWS.get(file);

function problem(over: Partial<Problem>): Problem {
  return {
    code: "value.boolean",
    severity: "error",
    message: say`m`,
    file: MAIN,
    range: { start: 24, end: 28 },
    ...over,
  };
}

test("a problem is shown at its place, with its code, words and source", () => {
  expect(diagnosticsOf([problem({})], MAIN, find, TELLING)).toEqual([
    {
      range: { start: { line: 1, character: 9 }, end: { line: 1, character: 13 } },
      severity: 1,
      code: "value.boolean",
      source: "supervisord",
      message: "m",
    },
  ]);
});

test.each([
  ["error", 1],
  ["warning", 2],
  ["information", 3],
  ["hint", 4],
] as const)("%s is severity %d", (severity, number) => {
  expect(diagnosticsOf([problem({ severity })], MAIN, find, TELLING)[0]?.severity).toBe(number);
});

test("text without effect is tagged to be greyed", () => {
  expect(
    diagnosticsOf([problem({ tags: ["unnecessary", "deprecated"] })], MAIN, find, TELLING)[0]?.tags,
  ).toEqual([1, 2]);
});

test("a related place in another file is linked", () => {
  const related = [{ file: PART, range: { start: 0, end: 11 }, message: say`here` }];
  expect(diagnosticsOf([problem({ related })], MAIN, find, TELLING)[0]?.relatedInformation).toEqual([
    {
      location: {
        uri: "file:///etc/conf.d/a.conf",
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 11 } },
      },
      message: "here",
    },
  ]);
});

test("problems of other files are left to those files", () => {
  expect(diagnosticsOf([problem({})], PART, find, TELLING)).toEqual([]);
});

test("a related place or file whose text is unknown is left out", () => {
  const related = [{ file: "/unknown", range: { start: 0, end: 1 }, message: say`here` }];
  expect(diagnosticsOf([problem({ related })], MAIN, find, TELLING)[0]?.relatedInformation).toEqual([]);
  expect(diagnosticsOf([problem({ file: "/unknown" })], "/unknown", find, TELLING)).toEqual([]);
});

test("a text that is too long gets one piece of information", () => {
  expect(tooLongDiagnostic(english)).toMatchObject({ severity: 3, code: "file.too-long" });
});

test("what a part of a configuration lacks is not held against it", () => {
  expect(concernsPart(problem({ code: "section.no-supervisord" }))).toBe(false);
  expect(concernsPart(problem({ code: "option.required" }))).toBe(true);
});

const FIXED = problem({
  fixes: [
    {
      title: say`Write true`,
      preferred: true,
      edits: [{ file: MAIN, range: { start: 24, end: 28 }, newText: "true" }],
    },
  ],
});

test("a fix is offered where its problem is touched, bound to its diagnostic", () => {
  const diagnostics = diagnosticsOf([FIXED], MAIN, find, TELLING);
  expect(codeActionsOf([FIXED], MAIN, { start: 26, end: 26 }, diagnostics, find, english)).toEqual([
    {
      title: "Write true",
      kind: "quickfix",
      isPreferred: true,
      diagnostics,
      edit: {
        changes: {
          "file:///etc/supervisord.conf": [
            { range: { start: { line: 1, character: 9 }, end: { line: 1, character: 13 } }, newText: "true" },
          ],
        },
      },
    },
  ]);
});

test("a fix is not offered elsewhere", () => {
  expect(codeActionsOf([FIXED], MAIN, { start: 0, end: 5 }, [], find, english)).toEqual([]);
  expect(codeActionsOf([FIXED], PART, { start: 26, end: 26 }, [], find, english)).toEqual([]);
});

test("a fix that would change a file whose text is unknown is not offered", () => {
  const edits = [{ file: "/unknown", range: { start: 0, end: 0 }, newText: "" }];
  const unknown = problem({ fixes: [{ title: say`t`, preferred: false, edits }] });
  expect(codeActionsOf([unknown], MAIN, { start: 26, end: 26 }, [], find, english)).toEqual([]);
});
