import {
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Reading } from "../daemon/config/read.ts";
import { diagnosticsOf, type Telling, tooLongDiagnostic } from "./features/diagnostics.ts";
import { english } from "./l10n/words.ts";
import type { OpenDocument } from "./open-document.ts";
import type { Settings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** How long a pause after a key has to be before a client that cannot ask is told: a burst of keys is read once. */
const PAUSE_MS = 2;

/** Tells the editor what is wrong in its documents: when it asks, or by itself where the client cannot ask. */
export class Reports {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #telling: Telling = { words: english, page: null };
  readonly #versions = new Map<string, number>();
  /** What each document's last push was made from. */
  readonly #pushed = new Map<string, string>();
  readonly #numbers = new WeakMap<Reading, number>();
  #count = 0;
  #pulls = false;
  #refreshes = false;
  #watches = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, workspace: Workspace) {
    this.#connection = connection;
    this.#workspace = workspace;
  }

  /** Fits the way of reporting to what the client can do. */
  suit(client: ClientCapabilities, telling: Telling): void {
    this.#telling = telling;
    this.#pulls = client.textDocument?.diagnostic !== undefined;
    this.#refreshes = client.workspace?.diagnostics?.refreshSupport ?? false;
    this.#watches = client.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
  }

  /** Asks the client to tell when files change that a configuration may include. */
  watch(): void {
    if (!this.#watches) return;
    const watchers = [{ globPattern: "**/*.{conf,ini}" }];
    this.#send(this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }

  /** A document was opened or edited. */
  changed(document: OpenDocument): void {
    this.#workspace.hold(document);
    this.#versions.set(document.uri, document.version);
    this.#pushSoon();
  }

  /** A document was closed; what was said about it is taken back. */
  closed(document: OpenDocument): void {
    this.#workspace.release(document);
    this.#versions.delete(document.uri);
    this.#pushed.delete(document.uri);
    if (this.#pulls) return;
    this.#send(this.#connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));
    this.#pushSoon();
  }

  /** The user chose other settings. */
  suitUser(settings: Settings): void {
    this.#workspace.suit(settings);
    this.#rejudge();
  }

  /** Files on disk may be others now. */
  diskChanged(): void {
    this.#workspace.forgetDisk();
    this.#rejudge();
  }

  /** Answers about the machine have come that were not known before. */
  machineTold(): void {
    this.#workspace.rejudge();
    this.#rejudge();
  }

  #rejudge(): void {
    this.#pushSoon();
    if (this.#pulls && this.#refreshes) this.#send(this.#connection.languages.diagnostics.refresh());
  }

  /** The answer to a client that asks; short where nothing has changed since `previous`. */
  reportOf(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const resultId = this.#resultIdOf(uri);
    if (resultId !== undefined && resultId === previous) return { kind: "unchanged", resultId };
    const items = this.#diagnosticsOf(uri);
    return resultId === undefined ? { kind: "full", items } : { kind: "full", items, resultId };
  }

  #diagnosticsOf(uri: string): Diagnostic[] {
    if (this.#workspace.isTooLong(uri)) return [tooLongDiagnostic(this.#telling.words)];
    const judgement = this.#workspace.judge(uri);
    if (judgement === null) return [];
    return diagnosticsOf(judgement.problems, judgement.file, judgement.find, this.#telling);
  }

  /** Names the reading that the diagnostics come from, and the process that counted it. */
  #resultIdOf(uri: string): string | undefined {
    const reading = this.#workspace.judge(uri)?.reading;
    if (reading === undefined) return undefined;
    const number = this.#numbers.get(reading) ?? ++this.#count;
    this.#numbers.set(reading, number);
    return `${process.pid}.${number}`;
  }

  #pushSoon(): void {
    if (this.#pulls) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pushAll(), PAUSE_MS);
  }

  #pushAll(): void {
    for (const [uri, version] of this.#versions) {
      try {
        this.#push(uri, version);
      } catch (error) {
        // Nobody waits for this answer: without a word here the server would end, and all other documents with it.
        this.#connection.console.error(
          `cannot judge ${uri}: ${error instanceof Error ? error.stack : String(error)}`,
        );
      }
    }
  }

  #push(uri: string, version: number): void {
    const state = `${version} ${this.#resultIdOf(uri)}`;
    if (this.#pushed.get(uri) === state) return;
    const diagnostics = this.#diagnosticsOf(uri);
    this.#pushed.set(uri, state);
    this.#send(this.#connection.sendDiagnostics({ uri, version, diagnostics }));
  }

  #send(sent: Promise<unknown>): void {
    sent.catch((error: unknown) =>
      this.#connection.console.error(`cannot reach the editor: ${String(error)}`),
    );
  }
}
