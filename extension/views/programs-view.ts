import * as vscode from "vscode";
import { type Server, summarise } from "../model/server.ts";
import { badge } from "../model/status-bar.ts";
import { buildTree, type Tree } from "../model/tree.ts";
import { changedRows } from "../model/tree-change.ts";
import { welcomeFor } from "../model/welcome.ts";
import type { Servers } from "../servers/servers.ts";
import { ProgramsProvider } from "./programs-provider.ts";

/** A burst of changes is drawn at its first and then at most this often. */
const LEAST_GAP_MS = 80;

/** The tree of programs, and the parts of the window that follow from it: badge, welcome text, context keys. */
export class ProgramsView implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #provider: ProgramsProvider;
  readonly #view: vscode.TreeView<string>;
  readonly #subscriptions: vscode.Disposable[];
  #drawnAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(servers: Servers) {
    this.#servers = servers;
    this.#provider = new ProgramsProvider(servers);
    this.#view = vscode.window.createTreeView("supervisord.programs", {
      treeDataProvider: this.#provider,
      canSelectMany: true,
    });
    this.#subscriptions = [
      this.#view,
      servers.onDidChange(() => this.#drawWithin(LEAST_GAP_MS - (Date.now() - this.#drawnAt))),
      this.#view.onDidChangeVisibility(({ visible }) => {
        servers.setWatched(visible);
        this.#draw();
      }),
    ];
    servers.setWatched(this.#view.visible);
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #drawWithin(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (delayMs <= 0) this.#draw();
    else this.#timer = setTimeout(() => this.#draw(), delayMs);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    this.#drawnAt = now;
    const views = this.#servers.views;
    const welcome = welcomeFor(vscode.workspace.isTrusted, views);
    const tree = buildTree(welcome === null ? views : [], now);
    this.#provider.show(tree, changedRows(this.#provider.tree, tree));
    this.#showRest(views, welcome);
    this.#awaitNextChange(tree);
  }

  #showRest(views: readonly Server[], welcome: string | null): void {
    const counted = badge(summarise(views));
    this.#view.badge = counted ?? undefined;
    setContext("supervisord.welcome", welcome ?? "");
    setContext(
      "supervisord.connected",
      views.some(({ state }) => state.kind === "connected"),
    );
  }

  /** Uptimes grow by themselves, but nobody sees it while the view is hidden. */
  #awaitNextChange({ changesInMs }: Tree): void {
    if (changesInMs === null || !this.#view.visible) return;
    this.#timer = setTimeout(() => this.#draw(), Math.max(LEAST_GAP_MS, changesInMs));
  }
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
