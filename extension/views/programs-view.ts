import * as vscode from "vscode";
import { type Server, summarise } from "../model/server.ts";
import { badge } from "../model/status-bar.ts";
import { buildTree, type Tree } from "../model/tree.ts";
import { changedRows } from "../model/tree-change.ts";
import { welcomeFor } from "../model/welcome.ts";
import type { Servers } from "../servers/servers.ts";
import { ProgramsProvider } from "./programs-provider.ts";

/** Changes that belong together, such as a program's start and its being up, are drawn as one. */
const BURST_MS = 15;
/**
 * VS Code draws a changed row at once only if none changed in the 200 ms before; else it waits until that long
 * nothing changes.
 */
const LEAST_GAP_MS = 220;
const LEAST_TICK_MS = 1000;

/** The tree of programs, and the parts of the window that follow from it: badge, welcome text, context keys. */
export class ProgramsView implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #provider: ProgramsProvider;
  readonly #view: vscode.TreeView<string>;
  readonly #subscriptions: vscode.Disposable[];
  #drawnAt = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the timer is for a change that came, not for an uptime that grows. */
  #drawsSoon = false;

  constructor(servers: Servers) {
    this.#servers = servers;
    this.#provider = new ProgramsProvider(servers);
    this.#view = vscode.window.createTreeView("supervisord.programs", {
      treeDataProvider: this.#provider,
      canSelectMany: true,
    });
    this.#subscriptions = [
      this.#view,
      servers.onDidChange(() => this.#drawSoon()),
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

  #drawSoon(): void {
    if (this.#drawsSoon) return;
    this.#drawsSoon = true;
    clearTimeout(this.#timer);
    const gapMs = Date.now() - this.#drawnAt;
    this.#timer = setTimeout(() => this.#draw(), Math.max(BURST_MS, LEAST_GAP_MS - gapMs));
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#drawsSoon = false;
    const now = Date.now();
    const views = this.#servers.views;
    const welcome = welcomeFor(vscode.workspace.isTrusted, this.#servers.isDiscovered ? views : null);
    const tree = buildTree(welcome === null ? views : [], now);
    const changed = changedRows(this.#provider.tree, tree);
    if (changed.length > 0) this.#drawnAt = now;
    this.#provider.show(tree, changed);
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
    this.#timer = setTimeout(() => this.#draw(), Math.max(LEAST_TICK_MS, changesInMs));
  }
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
