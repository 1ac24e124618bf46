import type { CodeAction, CodeActionKind, TextDocumentEdit } from "vscode-languageserver";
import type { Document, Section } from "../../daemon/config/document.ts";
import type { Message } from "../../daemon/config/say.ts";
import type { Words } from "../l10n/words.ts";
import type { Change } from "./changes.ts";
import { extractEnvironment, extractForShell } from "./extract-environment.ts";
import { moveBack, moveToOwnFile } from "./move-section.ts";
import type { PathMachine } from "./path-names.ts";
import { placeAt } from "./place.ts";
import { rangeOf } from "./ranges.ts";
import { runOne, runSeveral, sortSection, wrapInShell } from "./rewrites.ts";
import type { Site } from "./site.ts";

/** What refactorings look at. */
export type RefactorSource = {
  readonly site: Site;
  readonly document: Document;
  readonly machine: PathMachine;
  readonly exists: (path: string) => boolean;
  readonly glob: (pattern: string) => readonly string[];
};

/** A change of the configuration's form, which leaves what it does. */
export type Refactoring = {
  readonly title: Message;
  readonly kind: CodeActionKind;
  readonly changes: readonly { readonly file: string; readonly changes: readonly Change[] }[];
  readonly creates?: { readonly path: string; readonly text: string };
  readonly deletes?: string;
};

/** How a refactoring is handed to an editor. */
export type RefactorTarget = {
  readonly words: Words;
  readonly uriOf: (path: string) => string;
  /** Whether the editor creates and deletes files that an edit names. */
  readonly changesFiles: boolean;
};

/** The refactorings that fit what stands at an offset. */
export function refactoringsAt(source: RefactorSource, offset: number, target: RefactorTarget): CodeAction[] {
  const place = placeAt(source.document, offset);
  if (place.kind === "gap" || place.kind === "comment") return [];
  const at = place.kind === "header" ? HEADER : place.entry.key;
  return REFACTORINGS.filter(({ on }) => on.includes(at))
    .flatMap(({ make }) => make(source, place.section) ?? [])
    .filter(({ creates, deletes }) => target.changesFiles || (creates === undefined && deletes === undefined))
    .map((refactoring) => toAction(source.site, refactoring, target));
}

type Refactor = {
  /** The options, or the header, that it is offered on: a bulb beside every line would say nothing. */
  readonly on: readonly string[];
  readonly make: (source: RefactorSource, section: Section) => Refactoring | null;
};

const HEADER = "[]";

const REFACTORINGS: readonly Refactor[] = [
  { on: ["command"], make: wrapInShell },
  { on: ["environment"], make: extractEnvironment },
  { on: ["environment"], make: extractForShell },
  { on: [HEADER, "numprocs", "process_name"], make: runSeveral },
  { on: [HEADER, "numprocs", "process_name"], make: runOne },
  { on: [HEADER], make: sortSection },
  { on: [HEADER], make: moveToOwnFile },
  { on: [HEADER], make: moveBack },
];

function toAction(site: Site, refactoring: Refactoring, { words, uriOf }: RefactorTarget): CodeAction {
  const { title, kind, changes, creates, deletes } = refactoring;
  const edits = changes.flatMap(({ file, changes: inFile }): TextDocumentEdit[] => {
    const view = site.find(file);
    if (view === undefined) return [];
    const ranged = inFile.map((change) => ({ range: rangeOf(view.lines, change), newText: change.newText }));
    return [{ textDocument: { uri: view.uri, version: null }, edits: ranged }];
  });
  const created = creates === undefined ? [] : creation(uriOf(creates.path), creates.text);
  const deleted = deletes === undefined ? [] : [{ kind: "delete" as const, uri: uriOf(deletes) }];
  return { title: words.say(title), kind, edit: { documentChanges: [...created, ...edits, ...deleted] } };
}

function creation(uri: string, newText: string) {
  const start = { line: 0, character: 0 };
  const edit: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start, end: start }, newText }],
  };
  return [{ kind: "create" as const, uri }, edit];
}
