import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Found } from "./features/completion-disk.ts";
import type { Wish } from "./features/wishes.ts";

/** What the disk has for a wish of completion; nothing where it cannot be looked at. */
export async function granted(wish: Wish, path: string): Promise<readonly Found[]> {
  try {
    return await find(wish, path);
  } catch {
    // Not there, not for us, or not in a form that can be read: then there is nothing to offer.
    return [];
  }
}

async function find(wish: Wish, path: string): Promise<readonly Found[]> {
  switch (wish.kind) {
    case "executables":
      return await executablesOn(path);
    case "files":
      return await filesIn(wish.folder, wish.only);
    case "scripts":
      return scriptsIn(await readFile(join(wish.folder, "package.json"), "utf8"));
    case "targets":
      return targetsIn(await readFile(join(wish.folder, "Makefile"), "utf8"));
    case "users":
      return accountsIn(await readFile("/etc/passwd", "utf8"));
    case "groups":
      return accountsIn(await readFile("/etc/group", "utf8"));
  }
}

/** Names of files in the folders of a PATH; whether they may be executed is not asked of each of thousands. */
async function executablesOn(path: string): Promise<readonly Found[]> {
  const folders = [...new Set(path.split(":"))].filter((folder) => folder.startsWith("/"));
  const lists = await Promise.all(folders.map((folder) => namesIn(folder)));
  return [...new Set(lists.flat())].sort().map((name) => ({ name }));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // A PATH may well name folders that are not there.
    return [];
  }
}

async function filesIn(folder: string, only: "folders" | "all"): Promise<readonly Found[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.slice(0, MOST_FILES).map(async (entry) => {
      const isFolder =
        entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(folder, entry.name)));
      if (isFolder) return [{ name: `${entry.name}/` }];
      return only === "folders" ? [] : [{ name: entry.name }];
    }),
  );
  return found.flat();
}

const MOST_FILES = 2000;

async function leadsToFolder(folder: string, name: string): Promise<boolean> {
  try {
    return (await stat(join(folder, name))).isDirectory();
  } catch {
    // A link to nowhere.
    return false;
  }
}

function scriptsIn(manifest: string): readonly Found[] {
  const scripts: unknown = Reflect.get(Object(JSON.parse(manifest)), "scripts");
  return Object.entries(Object(scripts)).map(([name, command]) => ({ name, about: String(command) }));
}

/** Targets that are names: no patterns, no variables, none of Make's own. */
function targetsIn(makefile: string): readonly Found[] {
  const names = Array.from(
    makefile.matchAll(/^([A-Za-z][\w./-]*(?:[ \t]+[A-Za-z][\w./-]*)*)[ \t]*:(?![=:])/gm),
  );
  return [...new Set(names.flatMap(([, targets = ""]) => targets.split(/\s+/)))].map((name) => ({ name }));
}

function accountsIn(list: string): readonly Found[] {
  return list.split("\n").flatMap((line) => {
    const [name = "", , number = ""] = line.split(":");
    return /^[\w.-]+$/.test(name) ? [{ name, about: number }] : [];
  });
}
