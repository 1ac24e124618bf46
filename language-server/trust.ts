import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Machine } from "../daemon/config/machine.ts";
import type { InitializationOptions } from "./requests.ts";

type Disk = Omit<Machine, "cwd">;

/** What the reader says of a file that may not be looked at. */
const NOT_TRUSTED = "the workspace is not trusted";

/**
 * Whether the user trusts the workspace. Until then nothing outside its folders is read, whatever a configuration
 * includes and wherever its links lead.
 */
export class Trust {
  /** Real paths; null where everything may be read. */
  #folders: readonly string[] | null = null;

  /** Takes note of what the client said when it started the server; a client that says nothing has no such notion. */
  suit(options: Partial<InitializationOptions> | undefined): void {
    this.#folders = options?.untrustedFolders?.map(realPath) ?? null;
  }

  grant(): void {
    this.#folders = null;
  }

  get isGranted(): boolean {
    return this.#folders === null;
  }

  /** The disk as far as it may be read at the moment. */
  confine(disk: Disk): Disk {
    return {
      ...disk,
      readFile: (path) => (this.mayRead(path) ? disk.readFile(path) : { kind: "error", code: NOT_TRUSTED }),
      // What may not be looked for is read in vain: then the reader says why.
      glob: (pattern) =>
        this.mayRead(withoutMagic(pattern))
          ? disk.glob(pattern).filter((path) => this.mayRead(path))
          : [pattern],
    };
  }

  mayRead(path: string): boolean {
    if (this.#folders === null) return true;
    const real = realPath(path);
    return this.#folders.some((folder) => real === folder || real.startsWith(`${folder}${sep}`));
  }
}

/** The folder in which a pattern begins to look. */
function withoutMagic(pattern: string): string {
  const parts = pattern.split(sep);
  const magic = parts.findIndex((part) => /[*?[]/.test(part));
  return magic === -1 ? pattern : parts.slice(0, magic).join(sep) || sep;
}

/** With all links resolved, also of a file that is not there but whose folder is. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), path.slice(dirname(path).length));
  }
}
