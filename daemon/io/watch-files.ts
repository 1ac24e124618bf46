import { dirname } from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** An editor writes a file in several steps: the change is told once it has been quiet for this long. */
const QUIET_MS = 100;
/** By then the watching of a file that was added has begun. */
const SETTLE_MS = 500;

/**
 * Tells when one of the files changed, came or went, also a new one beside an included one. Nothing is polled. The first
 * file is the one that includes the others: its folder may hold anything, and is not looked at.
 */
export class FileWatch {
  readonly #onChange: () => void;
  #watcher: FSWatcher | null = null;
  #files: ReadonlySet<string> = new Set();
  #watched: ReadonlySet<string> = new Set();
  #quiet: NodeJS.Timeout | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches these from now on, and no others. */
  follow(files: readonly string[]): void {
    const [first, ...included] = files;
    const folders = included
      .map(dirname)
      .filter((folder) => first === undefined || folder !== dirname(first));
    const wanted = new Set([...files, ...folders]);
    this.#watcher ??= this.#start();
    this.#watcher.unwatch([...this.#watched].filter((path) => !wanted.has(path)));
    const added = [...wanted].filter((path) => !this.#watched.has(path));
    this.#watcher.add(added);
    // What changes before they are watched is not told by anybody.
    if (added.length > 0) this.#tellIn(SETTLE_MS);
    this.#files = new Set(files);
    this.#watched = wanted;
  }

  close(): void {
    clearTimeout(this.#quiet);
    void this.#watcher?.close();
  }

  #tellIn(ms: number): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(this.#onChange, ms);
  }

  #start(): FSWatcher {
    const watcher = watch([], { ignoreInitial: true, depth: 0 });
    watcher.on("all", (event, path) => {
      // What is written into other files of a folder is nobody's business here.
      if (event === "change" && !this.#files.has(path)) return;
      this.#tellIn(QUIET_MS);
    });
    // A file that cannot be watched is one that is not told about; the daemon works without.
    watcher.on("error", () => {});
    return watcher;
  }
}
