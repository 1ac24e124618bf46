import type { InlayHint, TextEdit } from "vscode-languageserver";
import { type Document, type Entry, offsetOfValue, type Section } from "../../daemon/config/document.ts";
import { lineEnd, positionAt } from "../../daemon/config/lines.ts";
import type { Problem, TextRange } from "../../daemon/config/problem.ts";
import { directoryOf } from "../../daemon/config/python/paths.ts";
import { type Message, say } from "../../daemon/config/say.ts";
import { kindOf, optionOf, optionsOf, type SectionKind } from "../../daemon/config/schema.ts";
import type { Words } from "../l10n/words.ts";
import { rangeOf } from "./ranges.ts";
import { otherBytes, otherSeconds, type Reading } from "./units.ts";

/** Which hints the user wants. */
export type HintSettings = {
  /** Where a comment cuts a value short. */
  readonly cuts: boolean;
  /** The folder that `%(here)s` stands for. */
  readonly here: boolean;
  /** Bytes and seconds in larger units. */
  readonly units: boolean;
  /** Important options that are not given, with their defaults. */
  readonly defaults: boolean;
};

/** What hints are made from. */
export type HintSource = {
  readonly file: string;
  readonly document: Document;
  readonly problems: readonly Problem[];
  readonly settings: HintSettings;
  readonly words: Words;
};

/** The hints inside a range of a file, each with what it means and an edit that makes it part of the text. */
export function inlayHintsOf(source: HintSource, range: TextRange): InlayHint[] {
  const { document, settings } = source;
  const sections = document.sections.filter((section) => touches(section.range, range));
  const hints = [
    ...(settings.cuts ? cutHints(source) : []),
    ...sections.flatMap((section) => sectionHints(source, section)),
  ];
  return hints
    .filter(({ at }) => range.start <= at && at <= range.end)
    .map((hint) => toInlayHint(document, hint));
}

type Hint = {
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
  readonly edit: { readonly range: TextRange; readonly newText: string } | null;
};

function toInlayHint({ lines }: Document, { at, label, tooltip, edit }: Hint): InlayHint {
  const edits: TextEdit[] =
    edit === null ? [] : [{ range: rangeOf(lines, edit.range), newText: edit.newText }];
  const hint: InlayHint = { position: positionAt(lines, at), label, tooltip, paddingLeft: true };
  return edits.length === 0 ? hint : { ...hint, textEdits: edits };
}

function sectionHints(source: HintSource, section: Section): Hint[] {
  const kind = kindOf(section.name);
  const { settings } = source;
  return [
    ...(settings.defaults && kind !== null ? defaultHints(source, section, kind) : []),
    ...section.entries.flatMap((entry) => [
      ...(settings.here ? hereHints(source, entry) : []),
      ...(settings.units && kind !== null ? unitHints(source, entry, kind) : []),
    ]),
  ];
}

/** Where a comment cuts what was meant as one value, as the checks have found it. */
function cutHints({ file, document, problems, words }: HintSource): Hint[] {
  return problems
    .filter((problem) => problem.file === file && CUTS.has(problem.code))
    .map((problem) => {
      const mark = document.text[problem.range.start] ?? ";";
      const edits = problem.fixes?.find(({ preferred }) => preferred)?.edits ?? [];
      const [edit = null] = edits.length === 1 ? edits : [];
      return {
        at: problem.range.start,
        // The signs are escapes, as any beyond Latin-1 would double the memory that the whole bundle takes.
        label: words.say(say`\u27E8cut here\u27E9`),
        tooltip: words.say(
          say`White space and ${mark} start a comment, inside quotes too: the rest of the line is not part of the value.`,
        ),
        edit: edit?.file === file ? edit : null,
      };
    });
}

const CUTS: ReadonlySet<string> = new Set(["comment.truncates", "comment.in-quotes"]);
const HERE = "%(here)s";

function hereHints({ file, words }: HintSource, entry: Entry): Hint[] {
  if (!entry.value.includes(HERE)) return [];
  const folder = directoryOf(file);
  return [...entry.value.matchAll(/%%|%\(here\)s/g)]
    .filter(([found]) => found === HERE)
    .map(({ index }) => {
      const range = {
        start: offsetOfValue(entry, index),
        end: offsetOfValue(entry, index + HERE.length),
      };
      const tooltip = words.say(say`The folder of this file: ${folder}`);
      return { at: range.end, label: folder, tooltip, edit: { range, newText: folder } };
    });
}

function unitHints({ words }: HintSource, entry: Entry, kind: SectionKind): Hint[] {
  const option = optionOf(kind, entry.key);
  const other = option?.type === "bytes" ? otherBytes(entry.value) : null;
  const time = entry.key.endsWith("secs") ? otherSeconds(entry.value) : null;
  const [reading, tooltip] = other === null ? [time, say`As a length of time`] : [other, say`As a size`];
  if (reading === null) return [];
  const { valueRange } = entry;
  return [
    {
      at: valueRange.end,
      label: `= ${reading.text}`,
      tooltip: words.say(tooltip),
      edit: unitEdit(entry, reading),
    },
  ];
}

/** The other form in place of this one; where there is none, a comment. */
function unitEdit({ pieces, valueRange }: Entry, { text, written }: Reading): Hint["edit"] {
  if (written !== null) return { range: valueRange, newText: written };
  if (pieces.length !== 1 || pieces[0]?.comment !== null) return null;
  return { range: { start: valueRange.end, end: valueRange.end }, newText: ` ; ${text}` };
}

const IMPORTANT: ReadonlySet<string> = new Set([
  "autostart",
  "autorestart",
  "startsecs",
  "stopsignal",
  "stopwaitsecs",
  "redirect_stderr",
  "loglevel",
  "nodaemon",
]);

function defaultHints({ document, words }: HintSource, section: Section, kind: SectionKind): Hint[] {
  const { header } = section;
  if (header === null) return [];
  const given = new Set(section.entries.map(({ key }) => key));
  const end = lineEnd(document.lines, header.line);
  const lineBreak = document.text.startsWith("\r\n", end) ? "\r\n" : "\n";
  return optionsOf(kind)
    .filter(({ name, default: value }) => value !== null && IMPORTANT.has(name) && !given.has(name))
    .map(({ name, default: value }) => {
      const line = `${name}=${value}`;
      const about: Message = say`The default of ${name}, which is not given`;
      const edit = { range: { start: end, end }, newText: lineBreak + line };
      return { at: header.range.end, label: line, tooltip: words.say(about), edit };
    });
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
