import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The path of a document; one that is not on disk gets a path of its own, which no file has, in the folder that it is to be
 * saved in where that is known.
 */
export function pathOfUri(uri: string): string {
  try {
    if (uri.startsWith("file:") && URL.canParse(uri)) return fileURLToPath(uri);
    const folder = /^untitled:(?:\/\/[^/]+)?(\/(?:[^/?#]+\/)+)[^/?#]+$/.exec(uri)?.[1];
    if (folder !== undefined) return fileURLToPath(`file://${folder}`) + encodeURIComponent(uri);
  } catch {
    // An encoded slash or a host: no path on this machine.
  }
  return `/${encodeURIComponent(uri)}`;
}

/** The URI of a file, as an editor would open it. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
