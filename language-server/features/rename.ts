import type { Range, WorkspaceEdit } from "vscode-languageserver";
import type { Message } from "../../daemon/config/say.ts";
import { type Occurrence, occurrenceAt, occurrencesOf } from "./occurrences.ts";
import { rangeOf } from "./ranges.ts";
import { type Running, refusalOfName, refusalOfRunning, refusalOfSubject } from "./rename-refusals.ts";
import type { Site } from "./site.ts";

/** What can be renamed, or a sentence that says why it cannot; null where nothing has a name. */
export type Renamable =
  | { readonly range: Range; readonly placeholder: string }
  | { readonly refusal: Message };

/** What stands at an offset, as the editor shows it before a new name is typed. */
export function renamableAt(site: Site, offset: number, running: Running = nobody): Renamable | null {
  const at = occurrenceAt(site, offset);
  const view = site.find(site.file);
  if (at === null || view === undefined) return null;
  const refusal = refusalOfSubject(at.subject) ?? refusalOfRunning(site, at.subject, running);
  if (refusal !== null) return { refusal };
  return { range: rangeOf(view.lines, at.range), placeholder: at.subject.name };
}

/** The edits that give the thing at an offset another name in all files; or a sentence that says why not. */
export function renameAt(
  site: Site,
  offset: number,
  newName: string,
  running: Running = nobody,
): WorkspaceEdit | { readonly refusal: Message } | null {
  const at = occurrenceAt(site, offset);
  if (at === null || newName === at.subject.name) return at === null ? null : {};
  const refusal =
    refusalOfSubject(at.subject) ??
    refusalOfRunning(site, at.subject, running) ??
    refusalOfName(site, at.subject, newName);
  if (refusal !== null) return { refusal };
  return { changes: editsFor(site, occurrencesOf(site, at.subject), newName) };
}

function nobody(): readonly Site[] {
  return [];
}

function editsFor(
  site: Site,
  occurrences: readonly Occurrence[],
  newText: string,
): NonNullable<WorkspaceEdit["changes"]> {
  const changes: NonNullable<WorkspaceEdit["changes"]> = {};
  for (const { file, range } of occurrences) {
    const view = site.find(file);
    if (view === undefined) continue;
    changes[view.uri] ??= [];
    changes[view.uri]?.push({ range: rangeOf(view.lines, range), newText });
  }
  return changes;
}
