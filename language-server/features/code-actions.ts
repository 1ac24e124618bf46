import type { CodeAction, Diagnostic, TextEdit as ProtocolEdit, Range } from "vscode-languageserver";
import type { Fix, Problem, TextRange } from "../../daemon/config/problem.ts";
import type { Words } from "../l10n/words.ts";
import { CREATE_FOLDER } from "../requests.ts";
import type { FindFile } from "./diagnostics.ts";
import { rangeOf } from "./ranges.ts";

/** The fixes of the problems that a range of a file touches, the ones right without a second look marked as preferred. */
export function codeActionsOf(
  problems: readonly Problem[],
  file: string,
  range: TextRange,
  reported: readonly Diagnostic[],
  find: FindFile,
  words: Words,
): CodeAction[] {
  const view = find(file);
  if (view === undefined) return [];
  return problems
    .filter((problem) => problem.file === file && touches(problem.range, range))
    .flatMap((problem) => {
      const at = rangeOf(view.lines, problem.range);
      const diagnostics = reported.filter((one) => one.code === problem.code && sameRange(one.range, at));
      return (problem.fixes ?? []).flatMap((fix) => toAction(fix, diagnostics, find, words));
    });
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

/** A fix that touches a file whose text is unknown is not offered: half of it would do harm. */
function toAction(fix: Fix, diagnostics: Diagnostic[], find: FindFile, words: Words): CodeAction[] {
  const about = { kind: "quickfix", diagnostics, isPreferred: fix.preferred };
  const title = words.say(fix.title);
  if (fix.folder !== undefined) {
    return [{ title, ...about, command: { title, command: CREATE_FOLDER, arguments: [fix.folder] } }];
  }
  const changes: Record<string, ProtocolEdit[]> = {};
  for (const edit of fix.edits) {
    const view = find(edit.file);
    if (view === undefined) return [];
    changes[view.uri] ??= [];
    changes[view.uri]?.push({ range: rangeOf(view.lines, edit.range), newText: edit.newText });
  }
  return [{ title, ...about, edit: { changes } }];
}
