import * as vscode from "vscode";
import { processesOf } from "../model/acts.ts";
import { t } from "../model/l10n.ts";
import type { Row } from "../model/row.ts";
import type { TextPlace } from "../model/server.ts";
import { processTooltip } from "../model/tooltip.ts";
import { EMPTY_TREE, type Tree } from "../model/tree.ts";
import type { Servers } from "../servers/servers.ts";
import { rowUri } from "./state-colors.ts";

/** Rows of the view by id; the ids are what VS Code keeps folding and selection by. */
export class ProgramsProvider implements vscode.TreeDataProvider<string> {
  readonly #servers: Servers;
  readonly #changed = new vscode.EventEmitter<string[] | undefined>();
  #tree: Tree = EMPTY_TREE;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(servers: Servers) {
    this.#servers = servers;
  }

  get tree(): Tree {
    return this.#tree;
  }

  /** Replaces what is shown, drawing only those rows again. */
  show(tree: Tree, changed: readonly string[] | "all"): void {
    this.#tree = tree;
    if (changed === "all") this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }

  getChildren(id?: string): string[] {
    return [...(id === undefined ? this.#tree.roots : (this.#tree.rows.get(id)?.children ?? []))];
  }

  getParent(id: string): string | undefined {
    return this.#tree.rows.get(id)?.parent ?? undefined;
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.#tree.rows.get(id);
    return row === undefined ? new vscode.TreeItem(id) : treeItem(row);
  }

  resolveTreeItem(item: vscode.TreeItem, id: string): vscode.TreeItem {
    const content = this.#tree.rows.get(id)?.content;
    if (content?.kind !== "target") return item;
    const { target } = content;
    const [process] = processesOf(this.#servers.views, target);
    if (target.kind === "process" && process !== undefined) {
      const linkOf = (path: string) => vscode.Uri.file(path).toString();
      item.tooltip = new vscode.MarkdownString(processTooltip(process, Date.now(), linkOf));
    }
    return item;
  }
}

function treeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, FOLDING[row.folding]);
  item.id = row.id;
  item.description = row.description;
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibleLabel };
  const color = row.look.color === null ? undefined : new vscode.ThemeColor(row.look.color);
  item.iconPath = new vscode.ThemeIcon(row.look.icon, color);
  item.resourceUri = rowUri(row.id, row.nameColor ?? "");
  if (row.content.kind === "message") {
    item.tooltip = row.content.tooltip;
    if (row.content.place !== null) item.command = openPlace(row.content.place);
  } else if (row.content.target.kind === "process") {
    item.command = { command: "supervisord.showOutput", title: t("Show Output"), arguments: [row.id] };
  }
  return item;
}

const FOLDING = {
  none: vscode.TreeItemCollapsibleState.None,
  folded: vscode.TreeItemCollapsibleState.Collapsed,
  unfolded: vscode.TreeItemCollapsibleState.Expanded,
} as const satisfies Record<Row["folding"], vscode.TreeItemCollapsibleState>;

function openPlace({ file, line, column }: TextPlace): vscode.Command {
  const position = new vscode.Position(line - 1, column - 1);
  const options = { selection: new vscode.Range(position, position) };
  return { command: "vscode.open", title: t("Open"), arguments: [vscode.Uri.file(file), options] };
}
