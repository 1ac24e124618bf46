import type { Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { LineTable } from "../../daemon/config/lines.ts";
import type { Problem, ProblemTag, RelatedPlace, Severity } from "../../daemon/config/problem.ts";
import { say } from "../../daemon/config/say.ts";
import type { Words } from "../l10n/words.ts";
import { pageLine } from "./codes.ts";
import { rangeOf } from "./ranges.ts";

/** Where a file of the configuration stands for the editor. */
export type FileView = { readonly uri: string; readonly lines: LineTable };

/** Answers for any file a problem names; undefined for one whose text is unknown. */
export type FindFile = (file: string) => FileView | undefined;

/** How the client is told of problems: in which language, and where the page is that explains the codes. */
export type Telling = { readonly words: Words; readonly page: string | null };

/** The name under which the editor lists what the server reports. */
export const SOURCE = "supervisord";

/** Texts above this length are not read: an editor that holds one would wait for every key. */
export const MAX_LENGTH = 10_000_000;

/** The problems that stand in one file, in the protocol's form. */
export function diagnosticsOf(
  problems: readonly Problem[],
  file: string,
  find: FindFile,
  telling: Telling,
): Diagnostic[] {
  const view = find(file);
  if (view === undefined) return [];
  return problems
    .filter((problem) => problem.file === file)
    .map((problem) => toDiagnostic(problem, view, find, telling));
}

/** The only diagnostic of a text that is too long to be read. */
export function tooLongDiagnostic(words: Words): Diagnostic {
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    severity: SEVERITIES.information,
    code: "file.too-long",
    source: SOURCE,
    message: words.say(say`This file is longer than ${MAX_LENGTH / 1_000_000} MB, so it is not checked.`),
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};
const TAGS: Readonly<Record<ProblemTag, DiagnosticTag>> = { unnecessary: 1, deprecated: 2 };

/** A problem of one file in the form of the protocol. */
export function toDiagnostic(
  problem: Problem,
  view: FileView,
  find: FindFile,
  { words, page }: Telling,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: rangeOf(view.lines, problem.range),
    severity: SEVERITIES[problem.severity],
    code: problem.code,
    source: SOURCE,
    message: words.say(problem.message),
  };
  const line = page === null ? null : pageLine(problem.code);
  if (line !== null) diagnostic.codeDescription = { href: `${page}#L${line}` };
  if (problem.tags !== undefined) diagnostic.tags = problem.tags.map((tag) => TAGS[tag]);
  if (problem.related !== undefined) {
    diagnostic.relatedInformation = problem.related.flatMap((place) => toRelated(place, find, words));
  }
  return diagnostic;
}

function toRelated(place: RelatedPlace, find: FindFile, words: Words) {
  const view = find(place.file);
  if (view === undefined) return [];
  return [
    {
      location: { uri: view.uri, range: rangeOf(view.lines, place.range) },
      message: words.say(place.message),
    },
  ];
}
