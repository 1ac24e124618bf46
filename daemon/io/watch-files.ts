import { watch } from "chokidar";

/** An editor writes a file in several steps: the change is told once it has been quiet for this long. */
const QUIET_MS = 100;

/** Tells when one of the files changed, came or went. Returns how to stop; nothing is polled. */
export function watchFiles(files: readonly string[], onChange: () => void): () => void {
  let quiet: NodeJS.Timeout | null = null;
  const watcher = watch([...files], { ignoreInitial: true });
  watcher.on("all", () => {
    if (quiet !== null) clearTimeout(quiet);
    quiet = setTimeout(onChange, QUIET_MS);
  });
  // A file that cannot be watched is one that is not told about; the daemon works without.
  watcher.on("error", () => {});
  return () => {
    if (quiet !== null) clearTimeout(quiet);
    void watcher.close();
  };
}
