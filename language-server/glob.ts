import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileNamePattern, hasMagic } from "../daemon/config/python/fnmatch.ts";
import { compareText } from "../daemon/config/python/text.ts";

/** Paths that match a shell pattern, in order; names that start with a dot only where the pattern says so. */
export function globPaths(pattern: string): readonly string[] {
  const parts = pattern.split("/").filter((part) => part !== "");
  let found = ["/"];
  for (const part of parts) {
    found = found.flatMap((folder) =>
      (hasMagic(part) ? namesIn(folder, part) : [part]).map((name) => join(folder, name)),
    );
  }
  return found.filter((path) => existsSync(path)).sort(compareText);
}

function namesIn(folder: string, part: string): string[] {
  const pattern = fileNamePattern(part);
  return listFolder(folder).filter(
    (name) => pattern.test(name) && (part.startsWith(".") || !name.startsWith(".")),
  );
}

/** A folder that is missing or closed to us holds nothing that could match. */
function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
