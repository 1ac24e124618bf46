import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type HintSettings, inlayHintsOf } from "../../../language-server/features/inlay-hints.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { FILE, readText } from "../../daemon/config/reading.ts";

const NONE: HintSettings = { cuts: false, here: false, units: false, defaults: false };

function hintsIn(text: string, wanted: keyof HintSettings) {
  const reading = readText(text);
  const document = reading.documents.get(FILE);
  if (document === undefined) throw new Error("cannot find the main file");
  const settings = { ...NONE, [wanted]: true };
  const source = { file: FILE, document, problems: reading.problems, settings, words: english };
  return inlayHintsOf(source, { start: 0, end: text.length });
}

/** The text with each hint in angle brackets where it is shown. */
function shown(text: string, wanted: keyof HintSettings): string {
  const edits = hintsIn(text, wanted).map(({ position, label }) => ({
    range: { start: position, end: position },
    newText: `‹${label}›`,
  }));
  return TextDocument.applyEdits(TextDocument.create("file:///x", "conf", 1, text), edits);
}

/** The text after the edits of all its hints. */
function taken(text: string, wanted: keyof HintSettings): string {
  const edits = hintsIn(text, wanted).flatMap(({ textEdits }) => textEdits ?? []);
  return TextDocument.applyEdits(TextDocument.create("file:///x", "conf", 1, text), edits);
}

test("where a value is cut is shown, and the hint mends it", () => {
  const text = "[supervisord]\n[program:a]\ncommand=bash -c 'a ; b'\n";
  expect(shown(text, "cuts")).toBe(text.replace("; b", "‹⟨cut here⟩›; b"));
  expect(taken(text, "cuts")).toBe(text.replace(" ; b", "; b"));
});

test("a comment that is meant as one has no hint", () => {
  const text = "[supervisord]\n[program:a]\ncommand=cat ; reads\n";
  expect(shown(text, "cuts")).toBe(text);
});

test("the folder of the file stands behind its name, and can take its place", () => {
  const text = "[program:a]\ncommand=%(here)s/run %%(here)s\n";
  expect(shown(text, "here")).toBe("[program:a]\ncommand=%(here)s‹/site›/run %%(here)s\n");
  expect(taken(text, "here")).toBe("[program:a]\ncommand=/site/run %%(here)s\n");
});

test.each([
  ["stdout_logfile_maxbytes=50MB", "= 52\u202f428\u202f800", "stdout_logfile_maxbytes=52428800"],
  ["stdout_logfile_maxbytes=52428800", "= 50 MB", "stdout_logfile_maxbytes=50MB"],
  ["stdout_capture_maxbytes=1500", "= 1.5 KB", "stdout_capture_maxbytes=1500 ; 1.5 KB"],
  ["stopwaitsecs=90", "= 1 min 30 s", "stopwaitsecs=90 ; 1 min 30 s"],
  ["startsecs=7200", "= 2 h", "startsecs=7200 ; 2 h"],
])("%s is said to be %s", (line, label, edited) => {
  expect(shown(`[program:a]\n${line}\n`, "units")).toBe(`[program:a]\n${line}‹${label}›\n`);
  expect(taken(`[program:a]\n${line}\n`, "units")).toBe(`[program:a]\n${edited}\n`);
});

test.each(["stopwaitsecs=10", "stdout_logfile_maxbytes=0", "stopwaitsecs=soon", "priority=999"])(
  "%s speaks for itself",
  (line) => {
    expect(hintsIn(`[program:a]\n${line}\n`, "units")).toEqual([]);
  },
);

test("important options that are not given are shown with their defaults, and can be written", () => {
  const text = "[program:a]\ncommand=a\nautostart=false\nstopsignal=INT\nredirect_stderr=true\nstartsecs=1\n";
  expect(shown(text, "defaults")).toBe(text.replace("]", "]‹autorestart=unexpected›‹stopwaitsecs=10›"));
  expect(taken(text, "defaults")).toBe(text.replace("]", "]\nautorestart=unexpected\nstopwaitsecs=10"));
});

test("only what is in sight is asked about", () => {
  const text = "[program:a]\nstopwaitsecs=90\n[program:b]\nstopwaitsecs=90\n";
  const { documents, problems } = readText(text);
  const document = documents.get(FILE);
  if (document === undefined) throw new Error("cannot find the main file");
  const source = { file: FILE, document, problems, settings: { ...NONE, units: true }, words: english };
  expect(inlayHintsOf(source, { start: 0, end: 30 })).toHaveLength(1);
});
