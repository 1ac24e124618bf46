import { lstatSync, readdirSync, statSync } from "node:fs";
import { fileNamePattern, hasMagic } from "../config/python/fnmatch.ts";
import { compareText } from "../config/python/text.ts";

/** Paths that match a shell pattern, sorted, as Python's `glob` finds them: `*` leaves out hidden files. */
export function glob(pattern: string): readonly string[] {
  return [...new Set(matching(pattern, false))].sort(compareText);
}

function matching(pattern: string, directoriesOnly: boolean): string[] {
  const { directory, name } = split(pattern);
  if (!hasMagic(pattern)) {
    if (name !== "") return exists(pattern) ? [pattern] : [];
    return isDirectory(directory) ? [pattern] : [];
  }
  const parents = directory !== pattern && hasMagic(directory) ? matching(directory, true) : [directory];
  return parents.flatMap((parent) =>
    namesIn(parent, name, directoriesOnly).map((found) => join(parent, found)),
  );
}

function namesIn(directory: string, name: string, directoriesOnly: boolean): string[] {
  if (!hasMagic(name)) {
    if (name === "") return isDirectory(directory) ? [""] : [];
    return exists(join(directory, name)) ? [name] : [];
  }
  const pattern = fileNamePattern(name);
  return list(directory, directoriesOnly).filter(
    (found) => (name.startsWith(".") || !found.startsWith(".")) && pattern.test(found),
  );
}

function list(directory: string, directoriesOnly: boolean): string[] {
  try {
    const names = readdirSync(directory === "" ? "." : directory);
    return directoriesOnly ? names.filter((name) => isDirectory(join(directory, name))) : names;
  } catch {
    // A directory that cannot be listed matches nothing, as in Python.
    return [];
  }
}

function split(path: string): { directory: string; name: string } {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  const directory = /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
  return { directory, name: path.slice(head.length) };
}

function join(directory: string, name: string): string {
  return directory === "" || directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}

function exists(path: string): boolean {
  return succeeds(() => lstatSync(path) !== undefined);
}

function isDirectory(path: string): boolean {
  return succeeds(() => statSync(path).isDirectory());
}

/** What cannot be looked at (missing, not permitted, a loop of links) does not match, as in Python. */
function succeeds(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
