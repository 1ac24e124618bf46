import * as vscode from "vscode";
import { fieldsOf } from "../model/row-fields.ts";
import type { Layout, SortOrder, TreeOptions } from "../model/tree-options.ts";

const SECTION = "supervisord.view";
const ONLY_FAILING = "view.onlyFailing";
const LAYOUT = "view.layout";
const ORDERS: readonly SortOrder[] = ["priority", "name", "state", "uptime"];

/** How the user wants the tree: by settings, and by the buttons of the view, which each workspace remembers. */
export class TreeSettings implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) this.#changed.fire();
    });
  }

  get options(): TreeOptions {
    const settings = vscode.workspace.getConfiguration(SECTION);
    const sort = settings.get<string>("sortBy");
    return {
      layout: this.#memory.get<Layout>(LAYOUT) === "flat" ? "flat" : "grouped",
      sort: ORDERS.find((order) => order === sort) ?? "priority",
      fields: fieldsOf(settings.get<unknown>("description")),
      onlyFailing: this.#memory.get<boolean>(ONLY_FAILING) === true,
    };
  }

  async showOnlyFailing(only: boolean): Promise<void> {
    await this.#memory.update(ONLY_FAILING, only);
    this.#changed.fire();
  }

  async showAs(layout: Layout): Promise<void> {
    await this.#memory.update(LAYOUT, layout);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
