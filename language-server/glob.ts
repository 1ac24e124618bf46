import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Paths that match a shell pattern, in order; names that start with a dot only where the pattern says so. */
export function globPaths(pattern: string): readonly string[] {
  const parts = pattern.split("/").filter((part) => part !== "");
  let found = ["/"];
  for (const part of parts) {
    found = found.flatMap((folder) =>
      (isMagic(part) ? namesIn(folder, part) : [part]).map((name) => join(folder, name)),
    );
  }
  return found.filter((path) => existsSync(path)).sort();
}

function isMagic(part: string): boolean {
  return /[*?[]/.test(part);
}

function namesIn(folder: string, part: string): string[] {
  const matches = new RegExp(`^${patternSource(part)}$`, "s");
  return listFolder(folder).filter(
    (name) => matches.test(name) && (part.startsWith(".") || !name.startsWith(".")),
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

function patternSource(part: string): string {
  return part.replace(
    /\[(!?)([^\]]+)\]|[\s\S]/g,
    (token, negated: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${negated === "!" ? "^" : ""}${set.replace(/[\\^[]/g, "\\$&")}]`;
      if (token === "*") return ".*";
      if (token === "?") return ".";
      return token.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    },
  );
}
