import * as vscode from "vscode";
import { commandText } from "../daemon/convert/command.ts";
import { argv, type Draft, draftOf } from "../daemon/convert/draft.ts";
import { writeConfiguration } from "../daemon/convert/write.ts";
import { t } from "./model/l10n.ts";
import { draftsOfFolder } from "./read-folder.ts";

const NAME = "supervisord.conf";

/** Shows what a new configuration of a folder would be; it is written when the user saves it. */
export async function createConfiguration(): Promise<void> {
  const folder = await chooseFolder();
  if (folder === null) return;
  const file = vscode.Uri.joinPath(folder.uri, NAME);
  if (await exists(file)) {
    await vscode.window.showTextDocument(file);
    void vscode.window.showInformationMessage(t("{0} has a {1} already; it is open now.", folder.name, NAME));
    return;
  }
  const drafts = await chooseDrafts(folder.uri);
  if (drafts === null) return;
  const { text, skipped } = writeConfiguration(
    drafts.length === 0 ? [example()] : drafts,
    t("The dev processes of this project."),
  );
  await preview(file, text);
  const left = skipped
    .map(({ source }) => ` ${t("{0} was left out: its command has more than one line.", source)}`)
    .join("");
  void vscode.window.showInformationMessage(t("Save the file to create it, or change it before.") + left);
}

/** What a folder gets that nothing was found in. */
function example(): Draft {
  return draftOf("web", argv("python3", "-m", "http.server", "8000"), t("An example: change it"));
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick()) ?? null;
  if (folders[0] !== undefined) return folders[0];
  void vscode.window.showInformationMessage(t("Open a folder first: a {0} belongs to a project.", NAME));
  return null;
}

/** The drafts that the user wants; none where nothing was found; null where the user went away. */
async function chooseDrafts(root: vscode.Uri): Promise<readonly Draft[] | null> {
  const { drafts } = await draftsOfFolder(root);
  if (drafts.length === 0) return [];
  const items = drafts.map((draft) => ({
    label: draft.name,
    description: commandText(draft.run) ?? "",
    detail: draft.source,
    picked: draft.chosen,
    draft,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    title: t("Create {0}", NAME),
    placeHolder: t("Choose the programs to run"),
  });
  return picked?.map(({ draft }) => draft) ?? null;
}

/** An editor on the file that is not there yet: saving it is what writes it. */
async function preview(file: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file.with({ scheme: "untitled" }));
  const edit = new vscode.WorkspaceEdit();
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, everything, text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    // The new file goes where nothing is.
    return false;
  }
}
