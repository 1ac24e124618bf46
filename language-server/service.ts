import {
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import type { Dialect } from "../daemon/config/environment.ts";
import { answerRequests } from "./answers.ts";
import { localDisk } from "./disk.ts";
import { AT_A_GLANCE, answerAtAGlance } from "./glance.ts";
import { wordsFor } from "./l10n/words.ts";
import { NAVIGATION } from "./navigation.ts";
import { OpenDocument } from "./open-document.ts";
import { Reports } from "./reports.ts";
import { Workspace } from "./workspace.ts";

/** Serves an editor on a connection until it closes. */
export function startService(connection: Connection): void {
  const workspace = new Workspace(localDisk(), Date.now);
  const documents = new TextDocuments({
    create: (uri: string, _language: string, version: number, text: string) =>
      new OpenDocument(uri, version, text),
    update: (document: OpenDocument, changes, version: number) => {
      document.change(changes, version);
      return document;
    },
  });
  const reports = new Reports(connection, workspace);
  connection.onInitialize(async ({ capabilities, locale }) => {
    const words = await wordsFor(locale);
    const snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    reports.suit(capabilities, words);
    answerRequests(connection, workspace, reports, snippets, words);
    answerAtAGlance(connection, workspace, words, capabilities);
    return { capabilities: capabilitiesFor(capabilities), serverInfo: { name: "supervisord-conf" } };
  });
  connection.onInitialized(() => reports.watch());
  connection.onDidChangeConfiguration(({ settings }) => reports.readAs(dialectIn(settings)));
  connection.onDidChangeWatchedFiles(() => reports.diskChanged());
  documents.onDidChangeContent(({ document }) => reports.changed(document));
  documents.onDidSave(() => reports.diskChanged());
  documents.onDidClose(({ document }) => reports.closed(document));
  documents.listen(connection);
  connection.listen();
}

/** Which release of Supervisor the user's settings ask for; every client sends them in this form. */
function dialectIn(settings: unknown): Dialect {
  const section =
    typeof settings === "object" && settings !== null ? Reflect.get(settings, "supervisord") : null;
  const dialect = typeof section === "object" && section !== null ? Reflect.get(section, "dialect") : null;
  return dialect === "4.4" ? "4.4" : "4.3";
}

function capabilitiesFor(client: ClientCapabilities): ServerCapabilities {
  const capabilities: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    completionProvider: { triggerCharacters: ["[", "=", ":", "%", "(", ","], resolveProvider: true },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: ["quickfix"] },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    ...NAVIGATION,
    ...AT_A_GLANCE,
  };
  if (client.textDocument?.diagnostic !== undefined) {
    capabilities.diagnosticProvider = { interFileDependencies: true, workspaceDiagnostics: false };
  }
  return capabilities;
}
