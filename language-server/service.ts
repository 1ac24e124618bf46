import { mkdir } from "node:fs/promises";
import {
  type ClientCapabilities,
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import type { Question } from "../daemon/config/machine.ts";
import { answerRequests } from "./answers.ts";
import { takerOf } from "./completing.ts";
import { ConfigurationFiles } from "./configuration-files.ts";
import { localDisk } from "./disk.ts";
import { answerEditing, EDITING } from "./editing.ts";
import { AT_A_GLANCE, Glance } from "./glance.ts";
import { granted } from "./granted.ts";
import { wordsFor } from "./l10n/words.ts";
import { LiveStates } from "./live-states.ts";
import { findOnMachine, MachineFacts } from "./machine-facts.ts";
import { answerNavigation, NAVIGATION } from "./navigation.ts";
import { OpenDocument } from "./open-document.ts";
import { explanationsBeside } from "./page.ts";
import { Reports } from "./reports.ts";
import { CREATE_FOLDER, ENVIRONMENT, type ToldEnvironment, TRUST_GRANTED } from "./requests.ts";
import { answerTokens, TOKENS } from "./tokens.ts";
import { Trust } from "./trust.ts";
import { UserSettings } from "./user-settings.ts";
import { warmUp } from "./warm-up.ts";
import { type Disk, Workspace } from "./workspace.ts";

/** Of use to the engine: that a step of the warm-up is done, and that the first document is about to be read. */
type Milestones = { readonly onWarmUpStep: () => void; readonly onFirstDocument: () => void };

/** Serves an editor on a connection until it closes. */
export function startService(connection: Connection, { onWarmUpStep, onFirstDocument }: Milestones): void {
  const facts = new MachineFacts(findOnMachine, () => reports.machineTold(), Date.now);
  const trust = new Trust();
  const disk: Disk = {
    ...trust.confine(localDisk()),
    look: (question: Question) => (trust.isGranted ? facts.ask(question) : null),
    isDirectory: (path: string) => !trust.mayRead(path) || (facts.ask(`directory ${path}`) ?? true),
    userExists: (user) => !trust.isGranted || (facts.ask(`user ${user}`) ?? true),
    groupExists: (group) => !trust.isGranted || (facts.ask(`group ${group}`) ?? true),
    settled: () => facts.settled,
    get version() {
      return facts.version;
    },
  };
  const workspace = new Workspace(disk, Date.now);
  const documents = new TextDocuments({
    create: (uri: string, _language: string, version: number, text: string) =>
      new OpenDocument(uri, version, text),
    update: (document: OpenDocument, changes, version: number) => {
      document.change(changes, version);
      return document;
    },
  });
  const files = new ConfigurationFiles(Date.now);
  const reports = new Reports(connection, workspace, files);
  const live = new LiveStates();
  const glance = new Glance(connection, workspace, live);
  const settings = new UserSettings(connection, async (everywhere, ofFolders) => {
    reports.suitUser(everywhere, ofFolders);
    await glance.refresh();
  });
  const lookAgain = () => {
    facts.forget();
    reports.diskChanged();
  };
  connection.onInitialize(async ({ capabilities, locale, initializationOptions, workspaceFolders }) => {
    trust.suit(initializationOptions);
    files.change(workspaceFolders ?? [], []);
    settings.suit(capabilities, workspaceFolders ?? []);
    const words = await wordsFor(locale);
    const taker = takerOf(capabilities, initializationOptions, words);
    const page = explanationsBeside(process.argv[1] ?? "");
    reports.suit(capabilities, { words, page });
    answerRequests(connection, workspace, reports, taker, async (wish) =>
      trust.isGranted || ("folder" in wish && trust.mayRead(wish.folder))
        ? await granted(wish, process.env.PATH ?? "")
        : [],
    );
    answerNavigation(connection, workspace, files, live, words);
    answerTokens(connection, workspace);
    answerEditing(connection, workspace, words, capabilities);
    glance.answer(capabilities, words);
    return { capabilities: capabilitiesFor(capabilities), serverInfo: { name: "supervisord-conf" } };
  });
  connection.onInitialized(async () => {
    reports.watch();
    await settings.begin();
    await warmUp(() => workspace.openUris().length === 0, onWarmUpStep);
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, async ({ event }) => {
    files.change(event.added, event.removed);
    await settings.foldersChanged(event.added, event.removed);
  });
  connection.onDidChangeConfiguration((changed) => settings.changed(changed.settings));
  connection.onNotification(TRUST_GRANTED, () => {
    trust.grant();
    lookAgain();
  });
  connection.onNotification(ENVIRONMENT, ({ environment }: ToldEnvironment) => {
    takeOn(environment);
    facts.forget();
    reports.machineTold();
  });
  connection.onExecuteCommand(async ({ command, arguments: [folder] = [] }) => {
    if (command !== CREATE_FOLDER || typeof folder !== "string" || !trust.isGranted) return;
    await createFolder(folder);
    lookAgain();
  });
  connection.onDidChangeWatchedFiles(() => {
    files.forget();
    lookAgain();
  });
  const first = documents.onDidOpen(() => {
    first.dispose();
    onFirstDocument();
  });
  documents.onDidChangeContent(({ document }) => reports.changed(document));
  documents.onDidSave(lookAgain);
  documents.onDidClose(({ document }) => reports.closed(document));
  documents.listen(connection);
  connection.listen();
}

async function createFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new Error(`cannot create the folder ${folder}: ${String(cause)}`, { cause });
  }
}

/** From here on the server sees the variables that programs would get, and no others. */
function takeOn(environment: ToldEnvironment["environment"]): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

function capabilitiesFor(client: ClientCapabilities): ServerCapabilities {
  const capabilities: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    completionProvider: {
      triggerCharacters: ["[", "=", ":", "%", "(", ",", " ", "/"],
      resolveProvider: true,
    },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ["=", ","] },
    executeCommandProvider: { commands: [CREATE_FOLDER] },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    ...NAVIGATION,
    ...AT_A_GLANCE,
    ...TOKENS,
    ...EDITING,
  };
  if (client.textDocument?.diagnostic !== undefined) {
    capabilities.diagnosticProvider = { interFileDependencies: true, workspaceDiagnostics: true };
  }
  return capabilities;
}
