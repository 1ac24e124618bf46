import * as vscode from "vscode";
import { draftOf, shell } from "../daemon/convert/draft.ts";
import { programNames, writePrograms } from "../daemon/convert/write.ts";
import { t } from "./model/l10n.ts";

/** Asks for a command and a name, and writes them into a configuration as a program; whether that was done. */
export async function addCommand(configFile: string): Promise<boolean> {
  const command = await askForCommand();
  if (command === undefined || command.trim() === "") return false;
  const name = await vscode.window.showInputBox({
    title: t("Run Command Supervised ({0}/{1})", 2, 2),
    prompt: t("A name for the program"),
    value: suggestedName(command),
    validateInput: (text) => (text.trim() === "" ? t("A program needs a name.") : undefined),
  });
  if (name === undefined) return false;
  await append(vscode.Uri.file(configFile), command, name);
  return true;
}

function askForCommand(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: t("Run Command Supervised ({0}/{1})", 1, 2),
    prompt: t("The command, as you would type it into a terminal in the folder of the configuration"),
    placeHolder: "npm run dev",
  });
}

async function append(file: vscode.Uri, command: string, name: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const text = document.getText();
  const draft = draftOf(name, shell(command), command);
  const written = writePrograms([draft], programNames(text));
  const [skipped] = written.skipped;
  if (skipped !== undefined)
    throw new Error(t("Cannot write {0}: it has more than one line", JSON.stringify(command)));
  const before = text === "" || text.endsWith("\n") ? "\n" : "\n\n";
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(text.length);
  edit.insert(file, end, before + written.text);
  await vscode.workspace.applyEdit(edit);
  if (!(await document.save())) throw new Error(t("Cannot save {0}", file.fsPath));
  const at = document.positionAt(text.length + before.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

/** The program's own name: the script of `npm run dev`, the file of `python3 app.py`. */
function suggestedName(command: string): string {
  const words = command.trim().split(/\s+/);
  const [first = "program", ...rest] = words.filter((word) => !/^\w+=/.test(word));
  const isRunner = /^(?:npm|pnpm|yarn|bun|npx|make|node|python3?|php|go|sh|bash|cargo)$/.test(first);
  const meant = isRunner ? rest.find((word) => word !== "run" && !word.startsWith("-")) : undefined;
  return (
    (meant ?? first)
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") || "program"
  );
}
