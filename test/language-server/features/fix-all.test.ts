import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseDocument } from "../../../daemon/config/document.ts";
import { changed } from "../../../language-server/features/changes.ts";
import { differenceOf, fixedText } from "../../../language-server/features/fix-all.ts";
import { suppressActions } from "../../../language-server/features/suppress-actions.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { FILE, readText } from "../../daemon/config/reading.ts";

test("fixes are made until no sure one is left", () => {
  const text = [
    "[supervisord]",
    "[progam:a]",
    "comand=bash -c 'a ; b'",
    "autostart=ture",
    "numprocs=2",
    "stopsignal=SIGTREM",
    "",
  ].join("\n");
  expect(fixedText(FILE, text, (one) => readText(one).problems)).toBe(
    [
      "[supervisord]",
      "[program:a]",
      "command=bash -c 'a; b'",
      "autostart=true",
      "numprocs=2",
      "stopsignal=TERM",
      "process_name=%(program_name)s_%(process_num)02d",
      "stopasgroup=true",
      "",
    ].join("\n"),
  );
});

test("a fix that another one brings back does not go on for ever", () => {
  const fix = (newText: string) => ({
    title: { template: "", args: [] },
    preferred: true,
    edits: [{ file: FILE, range: { start: 0, end: 1 }, newText }],
  });
  const problem = {
    code: "x",
    severity: "error",
    message: { template: "", args: [] },
    file: FILE,
    range: { start: 0, end: 1 },
  } as const;
  const judge = (text: string) => [{ ...problem, fixes: [fix(text === "a" ? "b" : "a")] }];
  expect(["a", "b"]).toContain(fixedText(FILE, "a", judge));
});

test("two texts differ by one change", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", "\n") }),
      fc.string({ unit: fc.constantFrom("a", "b", "\n") }),
      (a, b) => {
        const change = differenceOf(a, b);
        expect(change === null ? a : changed(a, [change])).toBe(b);
      },
    ),
  );
});

/** The text after the action that ignores the problem of a line, in its line or in the file. */
function ignored(text: string, line: number, code: string, place: "line" | "file"): string {
  const start = { line, character: 0 };
  const diagnostic: Diagnostic = { source: "supervisord", code, message: "", range: { start, end: start } };
  const actions = suppressActions("file:///x", parseDocument(text), [diagnostic], english);
  const action = actions.find(({ title }) => title.includes(place));
  const edits = action?.edit?.changes?.["file:///x"] ?? [];
  return TextDocument.applyEdits(TextDocument.create("file:///x", "conf", 1, text), edits);
}

test("a problem is ignored by a comment above its line, one for several", () => {
  const once = ignored("[a]\nx=1\n", 1, "command.shell", "line");
  expect(once).toBe("[a]\n; supervisord-disable-next-line command.shell\nx=1\n");
  expect(ignored(once, 2, "value.boolean", "line")).toBe(
    "[a]\n; supervisord-disable-next-line command.shell value.boolean\nx=1\n",
  );
});

test("a problem is ignored in the whole file by a comment at its top", () => {
  const once = ignored("[a]\r\nx=1\r\n", 1, "command.shell", "file");
  expect(once).toBe("; supervisord-disable command.shell\r\n[a]\r\nx=1\r\n");
  expect(ignored(once, 2, "value.boolean", "file")).toBe(
    "; supervisord-disable command.shell value.boolean\r\n[a]\r\nx=1\r\n",
  );
});
