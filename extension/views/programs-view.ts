import * as vscode from "vscode";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import type { CloserLook } from "../closer-look.ts";
import { processesOf } from "../model/acts.ts";
import { t } from "../model/l10n.ts";
import { pendingMessage } from "../model/pending.ts";
import { type Server, summarise } from "../model/server.ts";
import { badge } from "../model/status-bar.ts";
import { type Target, targetId } from "../model/target.ts";
import { buildTree, type Tree } from "../model/tree.ts";
import { changedRows } from "../model/tree-change.ts";
import type { TreeOptions } from "../model/tree-options.ts";
import { welcomeFor } from "../model/welcome.ts";
import type { RowExtras } from "../row-extras.ts";
import type { Servers } from "../servers/servers.ts";
import { ProgramsProvider } from "./programs-provider.ts";
import { colorRows } from "./state-colors.ts";
import type { TreeSettings } from "./tree-settings.ts";

/** Changes that belong together, such as a program's start and its being up, are drawn as one. */
const BURST_MS = 15;
/**
 * VS Code draws a changed row at once only if none changed in the 200 ms before; else it waits until that long
 * nothing changes.
 */
const LEAST_GAP_MS = 220;
const LEAST_TICK_MS = 1000;

const IS_WINDOWS = process.platform === "win32";

/** The tree of programs, and the parts of the window that follow from it: badge, welcome text, context keys. */
export class ProgramsView implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #settings: TreeSettings;
  readonly #extras: RowExtras;
  readonly #provider: ProgramsProvider;
  readonly #view: vscode.TreeView<string>;
  readonly #subscriptions: vscode.Disposable[];
  #drawnAt = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the timer is for a change that came, not for an uptime that grows. */
  #drawsSoon = false;

  constructor(servers: Servers, settings: TreeSettings, extras: RowExtras, look: CloserLook) {
    this.#servers = servers;
    this.#settings = settings;
    this.#extras = extras;
    this.#provider = new ProgramsProvider(servers, look);
    this.#view = vscode.window.createTreeView("supervisord.programs", {
      treeDataProvider: this.#provider,
      canSelectMany: true,
    });
    this.#subscriptions = [
      this.#view,
      colorRows(),
      servers.onDidChange(() => this.#drawSoon()),
      extras.onDidChange(() => this.#drawSoon()),
      settings.onDidChange(() => this.#draw()),
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

  /** Selects the row of a target, whatever is hidden now; tells whether it has one. */
  async reveal(target: Target): Promise<boolean> {
    const ids = [
      targetId(target),
      ...processesOf(this.#servers.views, target).map((one) => idOf(target, one)),
    ];
    const shown = () => ids.find((id) => this.#provider.tree.rows.has(id));
    if (shown() === undefined) await this.#settings.showOnlyFailing(false);
    const id = shown();
    if (id === undefined) return false;
    await this.#view.reveal(id, { select: true, focus: true, expand: true });
    return true;
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
    const options = this.#settings.options;
    this.#extras.watch(this.#view.visible ? options.fields : []);
    const found = this.#servers.isDiscovered ? views : null;
    const welcome = welcomeFor(vscode.workspace.isTrusted, found, options.onlyFailing, IS_WINDOWS);
    const tree = buildTree(welcome === null ? views : [], now, options, this.#extras.known);
    const changed = changedRows(this.#provider.tree, tree);
    if (changed.length > 0) this.#drawnAt = now;
    this.#provider.show(tree, changed);
    this.#showRest(views, welcome, options);
    this.#awaitNextChange(tree);
  }

  #showRest(views: readonly Server[], welcome: string | null, { onlyFailing, layout }: TreeOptions): void {
    const counted = badge(summarise(views));
    this.#view.badge = counted ?? undefined;
    this.#view.description = onlyFailing ? t("only failing") : "";
    // To delete these would end what sets them.
    this.#view.message = pendingMessage(views) ?? "";
    setContext("supervisord.welcome", welcome ?? "");
    setContext("supervisord.onlyFailing", onlyFailing);
    setContext("supervisord.layout", layout);
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

function idOf({ server }: Target, { group, name }: ProcessSnapshot): string {
  return targetId({ kind: "process", server, group, name });
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
