import { existsSync } from "node:fs";
import type {
  ClientCapabilities,
  CodeAction,
  CodeActionParams,
  Connection,
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  ServerCapabilities,
} from "vscode-languageserver";
import type { Document } from "../daemon/config/document.ts";
import { offsetAt } from "../daemon/config/lines.ts";
import { say } from "../daemon/config/say.ts";
import { localMachine } from "../daemon/io/machine.ts";
import { asked } from "./asked.ts";
import { ofReading, ofText } from "./current.ts";
import type { Change } from "./features/changes.ts";
import { codeActionsOf } from "./features/code-actions.ts";
import { differenceOf, fixedText } from "./features/fix-all.ts";
import { type FormatStyle, formatDocument, formatLines } from "./features/formatting.ts";
import { rangeOf } from "./features/ranges.ts";
import { refactoringsAt } from "./features/refactorings.ts";
import { sortedOptions } from "./features/sort-options.ts";
import { suppressActions } from "./features/suppress-actions.ts";
import { pathOfUri, uriOfPath } from "./files.ts";
import type { Words } from "./l10n/words.ts";
import type { Workspace } from "./workspace.ts";

const FIX_ALL = "source.fixAll.supervisord";
const SORT = "source.sortOptions";

/** What an editor may ask for to change a document. */
export const EDITING: ServerCapabilities = {
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: "\n" },
  codeActionProvider: {
    codeActionKinds: ["quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite", FIX_ALL, SORT],
  },
};

/** Answers with edits; for a document that is closed or too long with none. */
export function answerEditing(
  connection: Connection,
  workspace: Workspace,
  words: Words,
  client: ClientCapabilities,
): void {
  const styleFor = (uri: string, { tabSize, insertSpaces }: FormattingOptions): FormatStyle => {
    return { spacesAroundEquals: workspace.settingsFor(uri).spacesAroundEquals, tabSize, insertSpaces };
  };
  const whole = ({ textDocument, options }: DocumentFormattingParams) => {
    const document = workspace.documentOf(textDocument.uri);
    return document === null ? [] : formatDocument(document, styleFor(textDocument.uri, options));
  };
  const inRange = ({ textDocument, options, range }: DocumentRangeFormattingParams) => {
    const document = workspace.documentOf(textDocument.uri);
    const last = range.end.character === 0 ? Math.max(range.start.line, range.end.line - 1) : range.end.line;
    return document === null
      ? []
      : formatLines(document, range.start.line, last, styleFor(textDocument.uri, options));
  };
  const onType = ({ textDocument, options, position }: DocumentOnTypeFormattingParams) => {
    const document = workspace.documentOf(textDocument.uri);
    const line = position.line - 1;
    return document === null || line < 0
      ? []
      : formatLines(document, line, line, styleFor(textDocument.uri, options));
  };
  connection.onDocumentFormatting(ofText(workspace, whole));
  connection.onDocumentRangeFormatting(ofText(workspace, inRange));
  connection.onDocumentOnTypeFormatting(ofText(workspace, onType));
  const changesFiles = client.workspace?.workspaceEdit?.resourceOperations?.includes("create") ?? false;
  const actions = { connection, workspace, words, changesFiles, machine: localMachine() };
  const actionsAt = (params: CodeActionParams) => {
    const { only } = params.context;
    const wants = (kind: string) =>
      only === undefined ? !kind.startsWith("source") : only.some((one) => `${kind}.`.startsWith(`${one}.`));
    return [
      ...(wants("quickfix") ? quickFixes(actions, params) : []),
      ...refactorings(actions, params).filter(({ kind = "" }) => wants(kind)),
      ...(wants(FIX_ALL) ? fixAll(actions, params) : []),
      ...(wants(SORT) ? sortAll(actions, params) : []),
    ];
  };
  connection.onCodeAction(ofReading(workspace, actionsAt));
}

type Actions = {
  readonly workspace: Workspace;
  readonly words: Words;
  readonly changesFiles: boolean;
  readonly machine: ReturnType<typeof localMachine>;
};

function quickFixes({ workspace, words }: Actions, params: CodeActionParams): CodeAction[] {
  const { uri } = params.textDocument;
  const judgement = workspace.judge(uri);
  const document = workspace.documentOf(uri);
  if (judgement === null || document === null) return [];
  const { problems, file, find } = judgement;
  const reported = params.context.diagnostics;
  return [
    ...codeActionsOf(problems, file, offsetsIn(document, params), reported, find, words),
    ...suppressActions(uri, document, reported, words),
  ];
}

function refactorings(
  { workspace, words, changesFiles, machine }: Actions,
  params: CodeActionParams,
): CodeAction[] {
  const found = asked(workspace, params.textDocument.uri);
  if (found === null) return [];
  const source = { ...found, machine, exists: existsSync, glob: machine.glob };
  const target = { words, uriOf: uriOfPath, changesFiles };
  return refactoringsAt(source, offsetsIn(found.document, params).start, target);
}

function fixAll({ workspace, words }: Actions, { textDocument: { uri } }: CodeActionParams): CodeAction[] {
  const document = workspace.documentOf(uri);
  if (document === null) return [];
  const judge = (text: string) => workspace.problemsOf(uri, text);
  const change = differenceOf(document.text, fixedText(pathOfUri(uri), document.text, judge));
  if (change === null) return [];
  const title = words.say(say`Fix all that is sure`);
  return [{ title, kind: FIX_ALL, isPreferred: true, edit: editOf(uri, document, [change]) }];
}

function sortAll({ workspace, words }: Actions, { textDocument: { uri } }: CodeActionParams): CodeAction[] {
  const document = workspace.documentOf(uri);
  const changes = document === null ? [] : sortedOptions(document, document.sections);
  if (document === null || changes.length === 0) return [];
  return [{ title: words.say(say`Sort all options`), kind: SORT, edit: editOf(uri, document, changes) }];
}

function editOf(
  uri: string,
  { lines }: Document,
  changes: readonly Change[],
): NonNullable<CodeAction["edit"]> {
  return {
    changes: { [uri]: changes.map((change) => ({ range: rangeOf(lines, change), newText: change.newText })) },
  };
}

function offsetsIn({ lines }: Document, { range }: CodeActionParams) {
  return { start: offsetAt(lines, range.start), end: offsetAt(lines, range.end) };
}
