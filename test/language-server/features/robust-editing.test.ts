import fc from "fast-check";
import { expect, test } from "vitest";
import type { Range, SelectionRange, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Document, parseDocument } from "../../../daemon/config/document.ts";
import { offsetAt, positionAt } from "../../../daemon/config/lines.ts";
import { definitionAt } from "../../../language-server/features/definition.ts";
import { inlayHintsOf } from "../../../language-server/features/inlay-hints.ts";
import { linksOf } from "../../../language-server/features/links.ts";
import { refactoringsAt } from "../../../language-server/features/refactorings.ts";
import { highlightsAt, linkedRangesAt, referencesAt } from "../../../language-server/features/references.ts";
import { renamableAt, renameAt } from "../../../language-server/features/rename.ts";
import { selectionAt } from "../../../language-server/features/selection-ranges.ts";
import { sortedOptions } from "../../../language-server/features/sort-options.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { FILE, readText } from "../../daemon/config/reading.ts";
import { machine, siteOf } from "../site.ts";

const PIECES = [
  "[program:web]",
  "[group:g]",
  "[eventlistener:e]",
  "[supervisord]",
  "[include]",
  "[unix_http_server]",
  "\n",
  "\n",
  "\r\n",
  "\n  ",
  "command=",
  "programs=web,",
  "files=*.conf /x/*",
  "environment=A=1,B='%(here)s'",
  "numprocs=4",
  "serverurl=unix://",
  "stdout_logfile=",
  "stdout_logfile_maxbytes=",
  "5MB",
  "supervisorctl start web:*",
  "memmon -p ",
  "bash -c '",
  "$A",
  "%(ENV_A)s",
  "%(program_name)s",
  "%(",
  "%%",
  " ;",
  "#",
  '"',
  "'",
  "\\",
  ",",
  ":",
  "/x/y.log",
  "~",
  "é",
  "😀",
  "\u2028",
  "\0",
];

const texts = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 40 })
  .map((pieces) => pieces.join(""));

/** A text, and a place in it where a cursor can stand: not within a line break. */
const places = fc.tuple(texts, fc.nat()).map(([text, at]) => {
  const { lines } = parseDocument(text);
  return { text, offset: offsetAt(lines, positionAt(lines, at % (text.length + 1))) };
});

function isWithin({ lines }: Document, { start, end }: Range): boolean {
  const isReal = [start, end].every((position) => {
    const back = positionAt(lines, offsetAt(lines, position));
    return back.line === position.line && back.character === position.character;
  });
  return isReal && offsetAt(lines, start) <= offsetAt(lines, end);
}

/** What a formatter and an editor need of edits: that they do not overlap. */
function applied(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///x", "conf", 1, text), [...edits]);
}

test("any place of any text can be navigated from", () => {
  fc.assert(
    fc.property(places, ({ text, offset }) => {
      const document = parseDocument(text);
      const site = siteOf(FILE, new Map([[FILE, document]]));
      const ranges = [
        ...definitionAt(site, machine, offset).locations.map(({ range }) => range),
        ...referencesAt(site, offset, true).map(({ range }) => range),
        ...highlightsAt(site, offset).map(({ range }) => range),
        ...(linkedRangesAt(site, offset)?.ranges ?? []),
        ...linksOf(site, machine, document).map(({ range }) => range),
      ];
      expect(ranges.every((range) => isWithin(document, range))).toBe(true);
      const renamable = renamableAt(site, offset);
      if (renamable === null || "refusal" in renamable) return;
      expect(isWithin(document, renamable.range)).toBe(true);
      const edit = renameAt(site, offset, "fresh");
      if (edit !== null && !("refusal" in edit)) applied(text, edit.changes?.[`file://${FILE}`] ?? []);
    }),
    { numRuns: 2000 },
  );
});

test("a selection at any place grows, holds the place, and ends with the whole text", () => {
  fc.assert(
    fc.property(places, ({ text, offset }) => {
      const document = parseDocument(text);
      let last: SelectionRange = selectionAt(document, offset);
      for (; last.parent !== undefined; last = last.parent) {
        expect(isWithin(document, last.range)).toBe(true);
        expect(offsetAt(document.lines, last.parent.range.start)).toBeLessThanOrEqual(offset);
        expect(offsetAt(document.lines, last.parent.range.end)).toBeGreaterThanOrEqual(offset);
      }
      expect(offsetAt(document.lines, last.range.end)).toBe(text.length);
    }),
    { numRuns: 1000 },
  );
});

test("hints and refactorings of any text have edits that can be made", () => {
  const settings = { cuts: true, here: true, units: true, defaults: true };
  fc.assert(
    fc.property(places, ({ text, offset }) => {
      const { documents, problems } = readText(text);
      const document = documents.get(FILE) ?? parseDocument(text);
      const site = siteOf(FILE, documents);
      const source = { file: FILE, document, problems, settings, words: english };
      for (const hint of inlayHintsOf(source, { start: 0, end: text.length }))
        applied(text, hint.textEdits ?? []);
      const target = { words: english, uriOf: (path: string) => `file://${path}`, changesFiles: true };
      const there = { site, document, machine, exists: () => false, glob: () => [] };
      for (const action of refactoringsAt(there, offset, target)) {
        for (const change of action.edit?.documentChanges ?? []) {
          if (!("textDocument" in change) || change.textDocument.uri !== `file://${FILE}`) continue;
          applied(
            text,
            change.edits.filter((edit) => "newText" in edit),
          );
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("sorting keeps every option of any text", () => {
  const meaning = (text: string) =>
    parseDocument(text).sections.map(({ name, entries }) => [
      name,
      entries.map(({ key, value }) => `${key}=${value}`).sort(),
    ]);
  fc.assert(
    fc.property(texts, (text) => {
      const document = parseDocument(text);
      const edits = sortedOptions(document, document.sections).map(({ start, end, newText }) => ({
        range: { start: positionAt(document.lines, start), end: positionAt(document.lines, end) },
        newText,
      }));
      expect(meaning(applied(text, edits))).toEqual(meaning(text));
    }),
    { numRuns: 3000 },
  );
});
