import * as vscode from "vscode";
import { CloserLook } from "./closer-look.ts";
import { ExitHistories } from "./exit-histories.ts";
import { RowExtras } from "./row-extras.ts";
import type { Servers } from "./servers/servers.ts";
import { DetailsDocuments } from "./views/details-document.ts";
import { ProgramsView } from "./views/programs-view.ts";
import { TreeSettings } from "./views/tree-settings.ts";

/** The view of programs with all that it and its commands need. */
export type ProgramTree = {
  readonly settings: TreeSettings;
  readonly view: ProgramsView;
  readonly details: DetailsDocuments;
  dispose(): void;
};

/** Puts the view together; `memory` is the workspace's. */
export function createProgramTree(servers: Servers, memory: vscode.Memento): ProgramTree {
  const settings = new TreeSettings(memory);
  const histories = new ExitHistories(servers);
  const extras = new RowExtras(servers, histories);
  const look = new CloserLook(servers, histories, extras);
  const view = new ProgramsView(servers, settings, extras, look);
  const details = new DetailsDocuments(servers, look);
  const all = vscode.Disposable.from(view, details, extras, histories, settings);
  return { settings, view, details, dispose: () => all.dispose() };
}
