import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isConfigurationPath } from "./features/configuration-paths.ts";
import { pathOfUri } from "./files.ts";

/** How far the search goes: a workspace may be a whole disk. */
const MOST_FOLDERS = 3000;
const DEEPEST = 6;
const MEMORY_MS = 5000;

/** Folders in which nobody keeps configurations of their own, and which are large. */
const PASSED_OVER: ReadonlySet<string> = new Set(["node_modules", "vendor", "__pycache__", "venv", "target"]);

type Folder = { readonly uri: string };

/** The configurations in the folders of a workspace, open or not. */
export class ConfigurationFiles {
  readonly #now: () => number;
  #folders: readonly string[] = [];
  #found: Promise<readonly string[]> | null = null;
  #foundAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Folders were added to the workspace, or removed from it. */
  change(added: readonly Folder[], removed: readonly Folder[]): void {
    const gone = new Set(removed.map(({ uri }) => pathOfUri(uri)));
    const kept = this.#folders.filter((folder) => !gone.has(folder));
    this.#folders = [...kept, ...added.map(({ uri }) => pathOfUri(uri))];
    this.#found = null;
  }

  /** Files may have come or gone. */
  forget(): void {
    this.#found = null;
  }

  /** The paths of all configurations; a search that is not old is not made again. */
  all(): Promise<readonly string[]> {
    const isOld = this.#now() - this.#foundAt > MEMORY_MS;
    if (this.#found === null || isOld) {
      this.#foundAt = this.#now();
      this.#found = findIn(this.#folders);
    }
    return this.#found;
  }
}

async function findIn(folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  let level = folders;
  let seen = 0;
  for (let depth = 0; depth <= DEEPEST && level.length > 0 && seen < MOST_FOLDERS; depth++) {
    const looked = level.slice(0, MOST_FOLDERS - seen);
    seen += looked.length;
    const listed = await Promise.all(looked.map(entriesOf));
    const entries = listed.flatMap((inFolder, index) =>
      inFolder.map((entry) => ({ entry, path: join(looked[index] ?? "", entry.name) })),
    );
    found.push(
      ...entries
        .filter(({ entry, path }) => entry.isFile() && isConfigurationPath(path))
        .map(({ path }) => path),
    );
    level = entries
      .filter(({ entry }) => entry.isDirectory() && isLookedInto(entry.name))
      .map(({ path }) => path);
  }
  return found.sort();
}

function isLookedInto(name: string): boolean {
  return !PASSED_OVER.has(name) && (!name.startsWith(".") || name === ".docker");
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder that cannot be looked into has nothing that could be opened.
    return [];
  }
}
