import * as vscode from "vscode";
import type { Drafts } from "../daemon/convert/draft.ts";
import { fromFolder } from "../daemon/convert/folder.ts";
import { fromPackageJson, packageManager } from "../daemon/convert/package-json.ts";
import { together } from "../daemon/convert/write.ts";

/** Longer files than this are not read: nobody writes a list of programs that long. */
const MAX_BYTES = 1024 * 1024;

/** Folders whose own folders are packages of their own, beside the project's folder itself. */
const NESTS = ["", "apps", "packages", "services"];

/** As many packages of a repository as are looked into. */
const MAX_PACKAGES = 50;

/** Programs that a workspace folder and the packages in it seem to need. */
export async function draftsOfFolder(root: vscode.Uri): Promise<Drafts> {
  const files = await namesIn(root);
  const texts = new Map<string, string>();
  await Promise.all(
    files.map(async (file) => texts.set(file, await textOf(vscode.Uri.joinPath(root, file)))),
  );
  const own = fromFolder({ files, read: (file) => texts.get(file) ?? "" });
  const packages = await packagesIn(root);
  const manager = packageManager(files);
  return together([own, ...packages.map(({ path, text }) => fromPackageJson(text, manager, path))]);
}

type Package = { readonly path: string; readonly text: string };

async function packagesIn(root: vscode.Uri): Promise<Package[]> {
  const nested = await Promise.all(NESTS.map((nest) => foldersIn(root, nest)));
  const paths = nested.flat().slice(0, MAX_PACKAGES);
  const packages = await Promise.all(
    paths.map(async (path) => ({
      path,
      text: await textOf(vscode.Uri.joinPath(root, path, "package.json")),
    })),
  );
  return packages.filter(({ text }) => text !== "");
}

async function foldersIn(root: vscode.Uri, nest: string): Promise<string[]> {
  const entries = await entriesOf(vscode.Uri.joinPath(root, nest));
  return entries
    .filter(([name, type]) => (type & vscode.FileType.Directory) !== 0 && !/^\.|^node_modules$/.test(name))
    .map(([name]) => (nest === "" ? name : `${nest}/${name}`));
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  return (await entriesOf(folder)).map(([name]) => name);
}

async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    // Not there, or not to be read: nothing can be offered from it.
    return [];
  }
}

async function textOf(file: vscode.Uri): Promise<string> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(file);
    if ((type & vscode.FileType.File) === 0 || size > MAX_BYTES) return "";
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // Not there, or not to be read: nothing can be offered from it.
    return "";
  }
}
