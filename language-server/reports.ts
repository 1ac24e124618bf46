import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  type PreviousResultId,
  ResponseError,
  type WorkDoneProgressReporter,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver";
import type { ConfigurationFiles } from "./configuration-files.ts";
import { refuseCancelled } from "./current.ts";
import type { Telling } from "./features/diagnostics.ts";
import { english } from "./l10n/words.ts";
import type { OpenDocument } from "./open-document.ts";
import { Progress } from "./progress.ts";
import type { Settings } from "./settings.ts";
import { Diagnoses, type Told } from "./told.ts";
import { afterOthers } from "./turns.ts";
import type { Workspace } from "./workspace.ts";
import { WorkspaceReports } from "./workspace-reports.ts";

/** How long a pause after a key has to be before a client that cannot ask is told: a burst of keys is read once. */
const PAUSE_MS = 2;

/** How long a client that asks again waits for what the machine has not told yet. */
const MACHINE_LIMIT_MS = 1000;

/** Tells the editor what is wrong in its documents: when it asks, or by itself where the client cannot ask. */
export class Reports {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #diagnoses: Diagnoses;
  readonly #workspaceReports: WorkspaceReports;
  readonly #progress: Progress;
  readonly #versions = new Map<string, number>();
  /** What each document's last push or answer said. */
  readonly #said = new Map<string, Told>();
  /** Those who wait until something has changed. */
  #waiting: PromiseWithResolvers<void> = Promise.withResolvers();
  #pulls = false;
  #refreshes = false;
  #watches = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, workspace: Workspace, files: ConfigurationFiles) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#progress = new Progress(connection);
    this.#workspaceReports = new WorkspaceReports(workspace, files, this.#progress);
    this.#diagnoses = new Diagnoses(workspace, { words: english, page: null });
  }

  /** Fits the way of reporting to what the client can do. */
  suit(client: ClientCapabilities, telling: Telling): void {
    this.#diagnoses = new Diagnoses(this.#workspace, telling);
    this.#progress.suit(client, telling.words);
    this.#pulls = client.textDocument?.diagnostic !== undefined;
    this.#refreshes = client.workspace?.diagnostics?.refreshSupport ?? false;
    this.#watches = client.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
  }

  /** Asks the client to tell when files change that a configuration may include. */
  watch(): void {
    if (!this.#watches) return;
    const watchers = [{ globPattern: "**/*.{conf,ini,env}" }];
    this.#send(this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }

  /** A document was opened or edited. */
  changed(document: OpenDocument): void {
    this.#workspace.hold(document);
    this.#versions.set(document.uri, document.version);
    this.#wake();
    this.#pushSoon();
  }

  /** A document was closed; what was said about it is taken back. */
  closed(document: OpenDocument): void {
    this.#workspace.release(document);
    this.#versions.delete(document.uri);
    this.#said.delete(document.uri);
    this.#diagnoses.forget(document.uri);
    this.#wake();
    if (this.#pulls) return;
    this.#send(this.#connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));
    this.#pushSoon();
  }

  /** The user chose other settings. */
  suitUser(settings: Settings, ofFolders?: ReadonlyMap<string, Settings>): void {
    this.#workspace.suit(settings, ofFolders);
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
    this.#wake();
    this.#pushSoon();
    if (this.#pulls && this.#refreshes) this.#send(this.#connection.languages.diagnostics.refresh());
  }

  #wake(): void {
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers();
  }

  /** The answer to a client that asks; short where nothing has changed since `previous`. */
  async reportOf(
    uri: string,
    previous: string | undefined,
    cancelled: CancellationToken,
    asked: WorkDoneProgressReporter | null = null,
  ): Promise<DocumentDiagnosticReport> {
    const version = this.#versions.get(uri);
    // A key or a cancellation that is on its way already goes first.
    await afterOthers();
    const check = () => this.#refuseStale(uri, version, cancelled);
    check();
    await this.#progress.during(() => this.#workspace.readWhole(uri, check), asked);
    let told = this.#diagnoses.of(uri);
    if (told === this.#said.get(uri) && this.#workspace.settled !== null) {
      await this.#whenMachineTold();
      check();
      await this.#workspace.readWhole(uri, check);
      told = this.#diagnoses.of(uri);
    }
    this.#said.set(uri, told);
    const { resultId, items } = told;
    return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
  }

  /** The answer to a client that asks about the whole workspace. */
  async workspaceReport(
    previous: readonly PreviousResultId[],
    cancelled: CancellationToken,
    asked: WorkDoneProgressReporter | null,
  ): Promise<WorkspaceDiagnosticReport> {
    const changed = () => this.#waiting.promise;
    return await this.#workspaceReports.report(previous, this.#diagnoses, changed, cancelled, asked);
  }

  /** An answer about text that is no more would be thrown away, and cost the next one time. */
  #refuseStale(uri: string, version: number | undefined, cancelled: CancellationToken): void {
    refuseCancelled(cancelled);
    if (this.#versions.get(uri) === version) return;
    const data = { retriggerRequest: true };
    throw new ResponseError(LSPErrorCodes.ServerCancelled, "The text has changed.", data);
  }

  async #whenMachineTold(): Promise<void> {
    const limit = Promise.withResolvers<void>();
    const timer = setTimeout(limit.resolve, MACHINE_LIMIT_MS);
    await Promise.race([this.#workspace.settled, this.#waiting.promise, limit.promise]);
    clearTimeout(timer);
  }

  #pushSoon(): void {
    if (this.#pulls) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#pushAll(), PAUSE_MS);
  }

  async #pushAll(): Promise<void> {
    const waiting = this.#waiting;
    const isOutdated = () => this.#waiting !== waiting;
    const check = () => {
      if (isOutdated()) throw new Error("the text has changed");
    };
    for (const [uri, version] of this.#versions) {
      try {
        await this.#progress.during(() => this.#workspace.readWhole(uri, check), null);
        if (isOutdated()) return;
        this.#push(uri, version);
      } catch (error) {
        // Something has changed, and all is told anew.
        if (isOutdated()) return;
        // Nobody waits for this answer: without a word here the server would end, and all other documents with it.
        this.#connection.console.error(
          `cannot judge ${uri}: ${error instanceof Error ? error.stack : String(error)}`,
        );
      }
    }
  }

  #push(uri: string, version: number): void {
    const told = this.#diagnoses.of(uri);
    if (this.#said.get(uri)?.resultId === told.resultId) return;
    this.#said.set(uri, told);
    this.#send(this.#connection.sendDiagnostics({ uri, version, diagnostics: told.items }));
  }

  #send(sent: Promise<unknown>): void {
    sent.catch((error: unknown) =>
      this.#connection.console.error(`cannot reach the editor: ${String(error)}`),
    );
  }
}
