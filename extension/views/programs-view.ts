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
import { isNothing, patienceMs, type TreeChange, treeChange } from "../model/tree-change.ts";
import type { TreeOptions } from "../model/tree-options.ts";
import { welcomeFor } from "../model/welcome.ts";
import type { RowExtras } from "../row-extras.ts";
import type { Servers } from "../servers/servers.ts";
import { ProgramsProvider } from "./programs-provider.ts";
import { colorRows } from "./state-colors.ts";
import type { TreeSettings } from "./tree-settings.ts";

/** What a supervisor tells in one go is drawn as one. */
const BURST_MS = 5;
/**
 * VS Code draws a changed row at once only if none changed in the 200 ms before; else it waits until that long
 * nothing changes.
 */
const HELD_BACK_MS = 201;
const LEAST_TICK_MS = 1000;

/** What the view is to show. */
type Drawing = {
  readonly views: readonly Server[];
  readonly options: TreeOptions;
  readonly welcome: string | null;
  readonly tree: Tree;
  readonly change: TreeChange;
};

const IS_WINDOWS = process.platform === "win32";

/** The tree of programs, and the parts of the window that follow from it: badge, welcome text, context keys. */
export class ProgramsView implements vscode.Disposable {
  readonly #servers: Servers;
  readonly #settings: TreeSettings;
  readonly #extras: RowExtras;
  readonly #provider: ProgramsProvider;
  readonly #view: vscode.TreeView<string>;
  readonly #subscriptions: vscode.Disposable[];
  /** What the context keys were set to last. */
  readonly #context = new Map<string, unknown>();
  #timer: NodeJS.Timeout | undefined;
  #looksAt = Number.POSITIVE_INFINITY;
  /** While VS Code would hold back what is drawn. */
  #release: NodeJS.Timeout | undefined;
  /** When the first change came that is not drawn yet. */
  #changedAt: number | null = null;

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
    clearTimeout(this.#release);
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
    this.#changedAt ??= performance.now();
    this.#lookIn(BURST_MS);
  }

  /** Looks for what is to be drawn after this time, or before where it does so anyway. */
  #lookIn(waitMs: number): void {
    const at = performance.now() + waitMs;
    if (at >= this.#looksAt) return;
    clearTimeout(this.#timer);
    this.#looksAt = at;
    this.#timer = setTimeout(() => {
      this.#looksAt = Number.POSITIVE_INFINITY;
      if (this.#release === undefined) this.#look();
      else this.#changedAt ??= performance.now();
    }, waitMs);
  }

  #look(): void {
    const next = this.#next();
    const waitMs =
      this.#changedAt === null ? 0 : patienceMs(next.change, performance.now() - this.#changedAt);
    if (waitMs > 0) this.#lookIn(waitMs);
    else this.#show(next);
  }

  #draw(): void {
    this.#show(this.#next());
  }

  #next(): Drawing {
    const views = this.#servers.views;
    const options = this.#settings.options;
    this.#extras.watch(this.#view.visible ? options.fields : []);
    const found = this.#servers.isDiscovered ? views : null;
    const welcome = welcomeFor(vscode.workspace.isTrusted, found, options.onlyFailing, IS_WINDOWS);
    const tree = buildTree(welcome === null ? views : [], Date.now(), options, this.#extras.known);
    return { views, options, welcome, tree, change: treeChange(this.#provider.tree, tree) };
  }

  #show({ views, options, welcome, tree, change }: Drawing): void {
    this.#changedAt = null;
    this.#provider.show(tree, change);
    // To delete the message would end what sets it, and VS Code takes each time that it is set for a change of rows.
    const message = pendingMessage(views) ?? "";
    const isNew = message !== this.#view.message;
    if (isNew) this.#view.message = message;
    if (isNew || !isNothing(change)) this.#holdBack();
    this.#showRest(views, welcome, options);
    // Uptimes grow by themselves, but nobody sees it while the view is hidden.
    if (tree.changesInMs !== null && this.#view.visible)
      this.#lookIn(Math.max(LEAST_TICK_MS, tree.changesInMs));
  }

  /** Begun right after VS Code's own timer, this one ends right after it. */
  #holdBack(): void {
    clearTimeout(this.#release);
    this.#release = setTimeout(() => {
      this.#release = undefined;
      if (this.#changedAt !== null) this.#look();
    }, HELD_BACK_MS);
  }

  #showRest(views: readonly Server[], welcome: string | null, { onlyFailing, layout }: TreeOptions): void {
    this.#view.badge = badge(summarise(views)) ?? undefined;
    const description = onlyFailing ? t("only failing") : "";
    if (description !== this.#view.description) this.#view.description = description;
    this.#setContext("supervisord.welcome", welcome ?? "");
    this.#setContext("supervisord.onlyFailing", onlyFailing);
    this.#setContext("supervisord.layout", layout);
    this.#setContext(
      "supervisord.connected",
      views.some(({ state }) => state.kind === "connected"),
    );
  }

  #setContext(key: string, value: unknown): void {
    if (this.#context.get(key) === value) return;
    this.#context.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}

function idOf({ server }: Target, { group, name }: ProcessSnapshot): string {
  return targetId({ kind: "process", server, group, name });
}
