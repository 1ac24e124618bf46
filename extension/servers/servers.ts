import * as vscode from "vscode";
import { reconnectDelayMs } from "../model/polling.ts";
import type { Revival } from "../model/revival.ts";
import { mayReturn, type Server } from "../model/server.ts";
import { addedServersSetting, onServerListChange, onWindowPolicyChange, windowPolicy } from "../settings.ts";
import { addedServers } from "./added-entries.ts";
import { AddedServer } from "./added-server.ts";
import { ConfiguredServer, type CredentialsOf } from "./configured-server.ts";
import type { DaemonProgram } from "./daemon-program.ts";
import { findConfigFiles, watchConfigFiles } from "./discover.ts";

const SETTLE_MS = 200;

/** Which daemon had died, and what became of it. */
export type ServerRevival = { readonly server: ConfiguredServer; readonly revival: Revival };

/** Processes of a server, as they are called in its table, that somebody acts on. */
export type ActedOn = { readonly server: string; readonly keys: readonly string[] };

/** How far an act is: until it is over nobody can say what it comes to. */
export type ActStep =
  | "pending"
  /** Over, and whoever acted tells what became of it. */
  | "told"
  /** Over, with nothing to tell. */
  | "done";

/** A server of the window, found by its configuration or added by its address. */
export type WindowServer = ConfiguredServer | AddedServer;

/** The servers of the window: one for each configuration that its folders hold, and those that the user added. */
export class Servers implements vscode.Disposable {
  readonly #daemon: DaemonProgram;
  readonly #credentials: CredentialsOf;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #version: string;
  #watcher: vscode.Disposable | null = null;
  #configured: readonly ConfiguredServer[] = [];
  #added: readonly AddedServer[] = [];
  #discovered = false;
  #watched = false;
  #settleTimer: NodeJS.Timeout | undefined;
  #reconnectTimer: NodeJS.Timeout | undefined;
  /** How often in a row somebody was looked for who is away. */
  #reconnects = 0;

  readonly #revived = new vscode.EventEmitter<ServerRevival>();

  /** A daemon had died; what became of it is told once. */
  readonly onDidRevive = this.#revived.event;
  /** Something that a view shows may have changed. */
  readonly onDidChange = this.#changed.event;

  readonly #acted = new vscode.EventEmitter<{ readonly acted: ActedOn; readonly step: ActStep }>();

  /** Somebody acts on processes, and tells what becomes of them. */
  readonly onDidAct = this.#acted.event;

  /** `version` is that of the daemon which the extension brings. */
  constructor(daemon: DaemonProgram, credentials: CredentialsOf, version: string) {
    this.#daemon = daemon;
    this.#version = version;
    this.#credentials = credentials;
    this.#subscriptions = [
      this.#changed,
      this.#revived,
      this.#acted,
      onWindowPolicyChange(() => {
        for (const server of this.#configured) server.windowPolicyChanged();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.discover()),
      onServerListChange(() => this.discover()),
      // Somebody may have started a supervisor in another window or a terminal meanwhile.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.lookAgain(false)),
    ];
  }

  /** What is known of each server, in the order of the folders, added ones last. */
  get views(): readonly Server[] {
    return this.all.map(({ view }) => view);
  }

  /** Whether the folders have been looked through yet. */
  get isDiscovered(): boolean {
    return this.#discovered;
  }

  get all(): readonly WindowServer[] {
    return [...this.#configured, ...this.#added];
  }

  /** Those that have a configuration in the window, by which they can be started. */
  get configured(): readonly ConfiguredServer[] {
    return this.#configured;
  }

  find(key: string): WindowServer | undefined {
    return this.all.find((server) => server.key === key);
  }

  /** Finds the configurations and looks for their supervisors; in a workspace that is not trusted there are none. */
  async discover(): Promise<void> {
    const files = vscode.workspace.isTrusted ? await findConfigFiles() : [];
    this.#discovered = true;
    const before = this.all;
    this.#configured = files.map(
      (file) =>
        this.#configured.find((server) => server.key === file.key && server.configFile === file.file) ??
        new ConfiguredServer(file, {
          daemon: this.#daemon,
          credentials: this.#credentials,
          windowPolicy,
          version: this.#version,
          onChange: () => this.#tellChange(),
          onRevival: (server, revival) => this.#revived.fire({ server, revival }),
        }),
    );
    this.#added = this.#findAdded();
    const now = new Set(this.all);
    for (const gone of before.filter((server) => !now.has(server))) gone.dispose();
    for (const server of now) server.setWatched(this.#watched);
    this.#watcher?.dispose();
    this.#watcher = vscode.workspace.isTrusted ? watchConfigFiles(() => this.#settle()) : null;
    this.#tellChange();
    await this.lookAgain(true);
  }

  /** Looks for the supervisors that are not connected; `replan` reads their configurations anew. */
  async lookAgain(replan: boolean): Promise<void> {
    await Promise.all(this.all.map((server) => server.look(replan)));
  }

  /** To be called by whoever acts on processes, at each step with the same object, and tells the user what becomes of that. */
  tellAct(acted: ActedOn, step: ActStep): void {
    this.#acted.fire({ acted, step });
  }

  /** Whether somebody looks at the programs. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    for (const server of this.all) server.setWatched(watched);
    clearTimeout(this.#reconnectTimer);
    this.#reconnectTimer = undefined;
    this.#reconnects = 0;
    if (watched) void this.lookAgain(false).then(() => this.#awaitReturns());
  }

  dispose(): void {
    this.#watched = false;
    clearTimeout(this.#settleTimer);
    clearTimeout(this.#reconnectTimer);
    this.#watcher?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const server of this.all) server.dispose();
  }

  #findAdded(): AddedServer[] {
    const taken = this.#configured.map(({ key }) => key);
    const listed = vscode.workspace.isTrusted ? addedServers(addedServersSetting(), taken) : [];
    return listed.map(
      (entry) =>
        this.#added.find(({ key, url }) => key === entry.key && url === entry.url) ??
        new AddedServer(entry, { credentials: this.#credentials, onChange: () => this.#tellChange() }),
    );
  }

  /** Looks for what is away, ever less often, as long as somebody watches. */
  #awaitReturns(): void {
    const isAway = this.views.some(({ state }) => mayReturn(state));
    if (!isAway) this.#reconnects = 0;
    if (!isAway || !this.#watched || this.#reconnectTimer !== undefined) return;
    this.#reconnectTimer = setTimeout(
      async () => {
        await this.lookAgain(false);
        this.#reconnectTimer = undefined;
        this.#awaitReturns();
      },
      reconnectDelayMs(++this.#reconnects),
    );
  }

  #tellChange(): void {
    this.#changed.fire();
    this.#awaitReturns();
  }

  /** Saving a file is often several changes in a row. */
  #settle(): void {
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => {
      void this.discover();
      for (const server of this.#configured) void server.changes.check();
    }, SETTLE_MS);
  }
}
