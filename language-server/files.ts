import { fileURLToPath, pathToFileURL } from "node:url";

/** The path of a document; one that is not on disk gets a path of its own, which no file has. */
export function pathOfUri(uri: string): string {
  if (!uri.startsWith("file:") || !URL.canParse(uri)) return `/${encodeURIComponent(uri)}`;
  try {
    return fileURLToPath(uri);
  } catch {
    // An encoded slash or a host: no path on this machine.
    return `/${encodeURIComponent(uri)}`;
  }
}

/** The URI of a file, as an editor would open it. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
