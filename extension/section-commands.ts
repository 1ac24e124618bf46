import * as vscode from "vscode";
import type { Plan } from "../daemon/protocol/plan.ts";
import { chooseServer, isConfigured } from "./choose-server.ts";
import { processesOf } from "./model/acts.ts";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { sectionAt, sectionsOf, targetOfSection } from "./model/sections.ts";
import { findTarget, type Target } from "./model/target.ts";
import type { Servers } from "./servers/servers.ts";
import type { ProgramsView } from "./views/programs-view.ts";

/** Opens the configuration that the arguments name or that is picked, at the section of the program they name. */
export async function openConfiguration(servers: Servers, args: CommandArguments): Promise<void> {
  const server = await chooseServer(servers, args, isConfigured);
  if (server === null) {
    await vscode.window.showInformationMessage(t("There is no configuration in this window."));
    return;
  }
  const [id] = idsOf(args);
  const target = id === undefined ? null : findTarget(servers.views, id);
  const place =
    target === null || target.kind === "server"
      ? null
      : await placeOf(await server.plan(), processesOf(servers.views, target), target);
  if (place === null) {
    await vscode.window.showTextDocument(vscode.Uri.file(server.configFile));
    return;
  }
  const at = new vscode.Position(place.line, 0);
  await vscode.window.showTextDocument(place.uri, { selection: new vscode.Range(at, at) });
}

/** Selects the row of what the cursor is in: the program or group of a section, else its server. */
export async function revealInView(servers: Servers, view: ProgramsView): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const section = sectionAt(editor.document.getText(), editor.selection.active.line);
  const file = editor.document.uri.fsPath;
  const target = targetOfSection(servers.views, file, section ?? { kind: "", name: "" });
  if (target !== null && (await view.reveal(target))) return;
  const name = section === null ? "" : section.name;
  await vscode.window.showInformationMessage(
    t(
      "Nothing in the Supervisord view stands for {0} yet: start its supervisord, or reload it.",
      name || file,
    ),
  );
}

type Place = { readonly uri: vscode.Uri; readonly line: number };

async function placeOf(
  { files, programs }: Plan,
  members: readonly { readonly group: string; readonly name: string }[],
  target: Target,
): Promise<Place | null> {
  const ofGroup = target.kind === "group" ? await groupHeader(files, target.group) : null;
  if (ofGroup !== null) return ofGroup;
  const [first] = members;
  const written = programs.find(({ group, name }) => group === first?.group && name === first.name)?.place;
  if (written == null) return null;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(written.file));
  // Where the command is written is below the header, unless the file was edited since.
  const line = sectionAt(document.getText(), written.line - 1)?.line ?? written.line - 1;
  return { uri: document.uri, line };
}

async function groupHeader(files: readonly string[], name: string): Promise<Place | null> {
  for (const file of files) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const header = sectionsOf(document.getText()).find((one) => one.kind === "group" && one.name === name);
    if (header !== undefined) return { uri: document.uri, line: header.line };
  }
  return null;
}
