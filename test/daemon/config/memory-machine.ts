import type { FileContent, Machine } from "../../../daemon/config/machine.ts";
import { fileNamePattern } from "../../../daemon/config/python/fnmatch.ts";

/** A machine that exists in memory only: files by absolute path, the directories that hold them, and a few users. */
export function memoryMachine(
  files: Readonly<Record<string, string | Uint8Array>>,
  overrides: Partial<Machine> = {},
): Machine {
  const directories = new Set([
    "/",
    "/tmp",
    "/dev",
    "/var",
    "/var/log",
    "/run",
    ...Object.keys(files).flatMap(parents),
  ]);
  return {
    environment: { HOME: "/home/me", PATH: "/usr/bin:/bin" },
    cwd: "/site",
    hostName: "host",
    tempDirectory: "/tmp",
    readFile: (path) => content(files[path], directories.has(path)),
    glob: (pattern) =>
      Object.keys(files)
        .filter((path) => fileNamePattern(pattern).test(path))
        .sort(),
    isDirectory: (path) => directories.has(path.replace(/(.)\/$/, "$1")),
    homeDirectory: (user) => (user === null ? "/home/me" : user === "www" ? "/var/www" : null),
    userExists: (user) => ["root", "www", 0, 33].includes(user),
    groupExists: (group) => ["root", "www", 0, 33].includes(group),
    ...overrides,
  };
}

function content(file: string | Uint8Array | undefined, isDirectory: boolean): FileContent {
  if (file === undefined) return { kind: "error", code: isDirectory ? "EISDIR" : "ENOENT" };
  return typeof file === "string" ? { kind: "text", text: file } : { kind: "bytes", bytes: file };
}

function parents(path: string): string[] {
  const parent = path.slice(0, path.lastIndexOf("/"));
  return parent === "" ? [] : [parent, ...parents(parent)];
}
