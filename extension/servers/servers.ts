import * as vscode from "vscode";
import type { Revival } from "../model/revival.ts";
import type { Server } from "../model/server.ts";
import { onConfigFilesChange, onWindowPolicyChange, windowPolicy } from "../settings.ts";
import { ConfiguredServer, type CredentialsOf } from "./configured-server.ts";
import type { DaemonProgram } from "./daemon-program.ts";
import { findConfigFiles, watchConfigFiles } from "./discover.ts";

const SETTLE_MS = 200;

/** Which daemon had died, and what became of it. */
export type ServerRevival = { readonly server: ConfiguredServer; readonly revival: Revival };

/** The servers of the window, one for each configuration that its folders hold. */
export class Servers implements vscode.Disposable {
  readonly #daemon: DaemonProgram;
  readonly #credentials: CredentialsOf;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #version: string;
  #watcher: vscode.Disposable | null = null;
  #servers: readonly ConfiguredServer[] = [];
  #discovered = false;
  #watched = false;
  #settleTimer: NodeJS.Timeout | undefined;

  readonly #revived = new vscode.EventEmitter<ServerRevival>();

  /** A daemon had died; what became of it is told once. */
  readonly onDidRevive = this.#revived.event;
  /** Something that a view shows may have changed. */
  readonly onDidChange = this.#changed.event;

  /** `version` is that of the daemon which the extension brings. */
  constructor(daemon: DaemonProgram, credentials: CredentialsOf, version: string) {
    this.#daemon = daemon;
    this.#version = version;
    this.#credentials = credentials;
    this.#subscriptions = [
      this.#changed,
      this.#revived,
      onWindowPolicyChange(() => {
        for (const server of this.#servers) server.windowPolicyChanged();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.discover()),
      onConfigFilesChange(() => this.discover()),
      // Somebody may have started a supervisor in another window or a terminal meanwhile.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.lookAgain(false)),
    ];
  }

  /** What is known of each server, in the order of the folders. */
  get views(): readonly Server[] {
    return this.#servers.map(({ view }) => view);
  }

  /** Whether the folders have been looked through yet. */
  get isDiscovered(): boolean {
    return this.#discovered;
  }

  get all(): readonly ConfiguredServer[] {
    return this.#servers;
  }

  find(key: string): ConfiguredServer | undefined {
    return this.#servers.find((server) => server.key === key);
  }

  /** Finds the configurations and looks for their supervisors; in a workspace that is not trusted there are none. */
  async discover(): Promise<void> {
    const files = vscode.workspace.isTrusted ? await findConfigFiles() : [];
    this.#discovered = true;
    const before = this.#servers;
    this.#servers = files.map(
      (file) =>
        before.find((server) => server.key === file.key && server.configFile === file.file) ??
        new ConfiguredServer(file, {
          daemon: this.#daemon,
          credentials: this.#credentials,
          windowPolicy,
          version: this.#version,
          onChange: () => this.#changed.fire(),
          onRevival: (server, revival) => this.#revived.fire({ server, revival }),
        }),
    );
    for (const gone of before.filter((server) => !this.#servers.includes(server))) gone.dispose();
    for (const server of this.#servers) server.setWatched(this.#watched);
    this.#watcher?.dispose();
    this.#watcher = vscode.workspace.isTrusted ? watchConfigFiles(() => this.#settle()) : null;
    this.#changed.fire();
    await this.lookAgain(true);
  }

  /** Looks for the supervisors that are not connected; `replan` reads their configurations anew. */
  async lookAgain(replan: boolean): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.look(replan)));
  }

  /** Whether somebody looks at the programs. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    for (const server of this.#servers) server.setWatched(watched);
    if (watched) void this.lookAgain(false);
  }

  dispose(): void {
    clearTimeout(this.#settleTimer);
    this.#watcher?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const server of this.#servers) server.dispose();
  }

  /** Saving a file is often several changes in a row. */
  #settle(): void {
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => void this.discover(), SETTLE_MS);
  }
}
