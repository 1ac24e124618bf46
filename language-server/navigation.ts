import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type CancellationToken,
  type Connection,
  type DocumentLinkParams,
  type Location,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
  type SelectionRangeParams,
  type ServerCapabilities,
  type SymbolInformation,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import type { Document } from "../daemon/config/document.ts";
import { offsetAt } from "../daemon/config/lines.ts";
import type { Message } from "../daemon/config/say.ts";
import { localMachine } from "../daemon/io/machine.ts";
import { linesOfAccount } from "./accounts.ts";
import { asked } from "./asked.ts";
import type { ConfigurationFiles } from "./configuration-files.ts";
import { ofReading, ofText, refuseCancelled } from "./current.ts";
import { type Definition, definitionAt } from "./features/definition.ts";
import type { FileView } from "./features/diagnostics.ts";
import { linkedPath, linksOf } from "./features/links.ts";
import type { PathMachine } from "./features/path-names.ts";
import type { Account } from "./features/paths.ts";
import { highlightsAt, linkedRangesAt, referencesAt } from "./features/references.ts";
import { renamableAt, renameAt } from "./features/rename.ts";
import type { Running } from "./features/rename-refusals.ts";
import { selectionAt } from "./features/selection-ranges.ts";
import { mainFile, type Site } from "./features/site.ts";
import { workspaceSymbols } from "./features/workspace-symbols.ts";
import { uriOfPath } from "./files.ts";
import { answerHierarchy } from "./hierarchy.ts";
import type { Words } from "./l10n/words.ts";
import type { LiveStates } from "./live-states.ts";
import { Slices } from "./turns.ts";
import type { Workspace } from "./workspace.ts";

/** What an editor may ask for to find its way. */
export const NAVIGATION: ServerCapabilities = {
  definitionProvider: true,
  declarationProvider: true,
  typeDefinitionProvider: true,
  callHierarchyProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  linkedEditingRangeProvider: true,
  workspaceSymbolProvider: true,
  documentLinkProvider: { resolveProvider: true },
  selectionRangeProvider: true,
};

/** Answers what an editor asks to find its way; for a document that is closed or too long with nothing. */
export function answerNavigation(
  connection: Connection,
  workspace: Workspace,
  files: ConfigurationFiles,
  live: LiveStates,
  words: Words,
): void {
  const machine = localMachine();
  answerPlaces(connection, workspace, machine);
  answerRenames(connection, workspace, live, words);
  answerLinks(connection, workspace, machine);
  answerHierarchy(connection, workspace);
  connection.onWorkspaceSymbol(({ query }, cancelled) => symbolsOf(workspace, files, query, cancelled));
  const select = ({ textDocument, positions }: SelectionRangeParams) => {
    const document = workspace.documentOf(textDocument.uri);
    if (document === null) return [];
    return positions.map((position) => selectionAt(document, offsetAt(document.lines, position)));
  };
  connection.onSelectionRanges(ofText(workspace, select));
}

function answerPlaces(connection: Connection, workspace: Workspace, machine: PathMachine): void {
  const define = ofReading(workspace, async (params: TextDocumentPositionParams): Promise<Location[]> => {
    const { locations, paths, account } = at<Definition>(workspace, params, NOWHERE, (site, offset) =>
      definitionAt(site, machine, offset),
    );
    const listed = account === undefined ? [] : await accountPlaces(account);
    return [...locations, ...(await startsOf(paths)), ...listed];
  });
  connection.onDefinition(define);
  connection.onDeclaration(define);
  connection.onTypeDefinition(define);
  const refer = (params: ReferenceParams) =>
    at(workspace, params, [], (site, offset) => {
      const { includeDeclaration } = params.context;
      return referencesAt(site, offset, includeDeclaration, tasksNear(workspace, mainFile(site)));
    });
  connection.onReferences(ofReading(workspace, refer));
  connection.onDocumentHighlight(ofReading(workspace, (params) => at(workspace, params, [], highlightsAt)));
  const link = (params: TextDocumentPositionParams) => at(workspace, params, null, linkedRangesAt);
  connection.languages.onLinkedEditingRange(ofReading(workspace, link));
}

function answerRenames(connection: Connection, workspace: Workspace, live: LiveStates, words: Words): void {
  const siteOf = (file: string): Site | null => {
    const judgement = workspace.judgeOnDisk(uriOfPath(file));
    return judgement === null ? null : { file, documents: judgement.reading.documents, find: judgement.find };
  };
  const running: Running = (site, name) => live.elsewhere(site, name, siteOf);
  const prepare = (params: TextDocumentPositionParams) => {
    const found = at(workspace, params, null, (site, offset) => renamableAt(site, offset, running));
    return allowed(found, words);
  };
  const rename = (params: RenameParams) => {
    const edit = at(workspace, params, null, (site, offset) =>
      renameAt(site, offset, params.newName, running),
    );
    return allowed(edit, words);
  };
  connection.onPrepareRename(ofReading(workspace, prepare));
  connection.onRenameRequest(ofReading(workspace, rename));
}

function answerLinks(connection: Connection, workspace: Workspace, machine: PathMachine): void {
  const links = ({ textDocument }: DocumentLinkParams) => {
    const found = asked(workspace, textDocument.uri);
    return found === null ? [] : linksOf(found.site, machine, found.document);
  };
  connection.onDocumentLinks(ofReading(workspace, links));
  connection.onDocumentLinkResolve(async (link) => {
    const path = linkedPath(link);
    if (path === null || !(await isThere(path))) return link;
    return { ...link, target: uriOfPath(path) };
  });
}

/** The answer for a place in a document. */
function at<A>(
  workspace: Workspace,
  { textDocument, position }: TextDocumentPositionParams,
  nothing: A,
  answer: (site: Site, offset: number) => A,
): A {
  const found = asked(workspace, textDocument.uri);
  return found === null ? nothing : answer(found.site, offsetAt(found.document.lines, position));
}

const NOWHERE: Definition = { locations: [], paths: [] };

/** What the protocol calls a request that is right in form and cannot be met. */
const REQUEST_FAILED = -32803;

function allowed<A extends object>(
  answer: A | { readonly refusal: Message } | null,
  words: Words,
): A | ResponseError<void> | null {
  if (answer === null || !("refusal" in answer)) return answer;
  return new ResponseError(REQUEST_FAILED, words.say(answer.refusal));
}

/** All configurations of the workspace, and those that others include from elsewhere. */
async function symbolsOf(
  workspace: Workspace,
  files: ConfigurationFiles,
  query: string,
  cancelled: CancellationToken,
): Promise<SymbolInformation[]> {
  const found = new Map<string, Document>();
  const slices = new Slices();
  for (const path of await files.all()) {
    await slices.pause();
    refuseCancelled(cancelled);
    const document = workspace.fileAt(path);
    if (document !== null) found.set(uriOfPath(path), document);
  }
  for (const uri of workspace.openUris()) {
    const judgement = workspace.judge(uri);
    for (const [path, document] of judgement?.reading.documents ?? []) {
      found.set(judgement?.find(path)?.uri ?? uriOfPath(path), document);
    }
  }
  return workspaceSymbols(query, found);
}

/** How many folders above a configuration an editor's own folder is looked for. */
const FOLDERS_ABOVE = 3;

/** The tasks and launch configurations of the folders that hold a configuration. */
function tasksNear(workspace: Workspace, main: string): FileView[] {
  const paths: string[] = [];
  let folder = dirname(main);
  for (let steps = 0; steps <= FOLDERS_ABOVE; steps++) {
    paths.push(join(folder, ".vscode/tasks.json"), join(folder, ".vscode/launch.json"));
    folder = dirname(folder);
  }
  return [...new Set(paths)].flatMap((path) => {
    const document = workspace.fileAt(path);
    return document === null ? [] : [{ uri: uriOfPath(path), lines: document.lines }];
  });
}

async function startsOf(paths: readonly string[]): Promise<Location[]> {
  const start = { line: 0, character: 0 };
  const there = await Promise.all(paths.map(isThere));
  return paths
    .filter((_, index) => there[index])
    .map((path) => ({ uri: uriOfPath(path), range: { start, end: start } }));
}

/** Where the machine lists a user or group. */
async function accountPlaces(account: Account): Promise<Location[]> {
  try {
    const { path, lines } = await linesOfAccount(account.database, account.name);
    const places = lines.map((line) => ({ line, character: 0 }));
    return places.map((start) => ({ uri: uriOfPath(path), range: { start, end: start } }));
  } catch {
    // Not every system has such a file.
    return [];
  }
}

/** A folder is nothing that an editor could open. */
async function isThere(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch {
    // Whatever the reason is, the editor could not open it either.
    return false;
  }
}
