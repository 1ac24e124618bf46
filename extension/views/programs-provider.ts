import * as vscode from "vscode";
import type { CloserLook } from "../closer-look.ts";
import { processesOf } from "../model/acts.ts";
import { t } from "../model/l10n.ts";
import type { Row } from "../model/row.ts";
import type { TextPlace } from "../model/server.ts";
import { groupTooltip, serverTooltip } from "../model/server-tooltip.ts";
import { type Target, targetId } from "../model/target.ts";
import { processTooltip, TOOLTIP_COMMANDS, type TooltipLinks } from "../model/tooltip.ts";
import { EMPTY_TREE, type Tree } from "../model/tree.ts";
import type { TreeChange } from "../model/tree-change.ts";
import { isOnThisMachine, type ProcessTarget } from "../ports/program-ports.ts";
import type { Servers } from "../servers/servers.ts";
import { rowUri } from "./state-colors.ts";

/** Rows of the view by id; the ids are what VS Code keeps folding and selection by. */
export class ProgramsProvider implements vscode.TreeDataProvider<string> {
  readonly #servers: Servers;
  readonly #look: CloserLook;
  readonly #changed = new vscode.EventEmitter<string[] | undefined>();
  #tree: Tree = EMPTY_TREE;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(servers: Servers, look: CloserLook) {
    this.#servers = servers;
    this.#look = look;
  }

  get tree(): Tree {
    return this.#tree;
  }

  /** Replaces what is shown, drawing only those rows again; VS Code takes what is told second 200 ms later. */
  show(tree: Tree, { first, above }: TreeChange): void {
    this.#tree = tree;
    if (first === "all") this.#changed.fire(undefined);
    else if (first.length > 0) this.#changed.fire([...first]);
    if (above.length > 0) this.#changed.fire([...above]);
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

  /** Everything that costs a question is asked only for the row that somebody points at. */
  async resolveTreeItem(item: vscode.TreeItem, id: string): Promise<vscode.TreeItem> {
    const row = this.#tree.rows.get(id);
    if (row?.content.kind !== "target") return item;
    const { target } = row.content;
    if (target.kind !== "process") {
      item.tooltip = this.#plainTooltip(row, target);
      return item;
    }
    const closer = await this.#look.at(target, LINES_SHOWN);
    const [process] = processesOf(this.#servers.views, target);
    if (process === undefined) return item;
    const links = this.#linksOf(target);
    const tooltip = new vscode.MarkdownString(processTooltip(process, closer, Date.now(), links));
    tooltip.isTrusted = { enabledCommands: [...TOOLTIP_COMMANDS] };
    item.tooltip = tooltip;
    return item;
  }

  #plainTooltip({ label }: Row, target: Target): string {
    const server = this.#servers.views.find(({ key }) => key === target.server);
    if (target.kind === "server" && server !== undefined) return serverTooltip(server);
    return groupTooltip(label, processesOf(this.#servers.views, target));
  }

  #linksOf(target: ProcessTarget): TooltipLinks {
    const address = this.#servers.find(target.server)?.client?.address;
    const isHere = address !== undefined && isOnThisMachine(address);
    const argument = encodeURIComponent(JSON.stringify([targetId(target)]));
    return {
      file: (path) => (isHere ? vscode.Uri.file(path).toString() : null),
      command: (command) => `command:${command}?${argument}`,
      clock: (instantMs) => new Date(instantMs).toLocaleTimeString(),
    };
  }
}

const LINES_SHOWN = 6;

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
