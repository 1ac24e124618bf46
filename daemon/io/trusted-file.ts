import { closeSync, constants, lstatSync, openSync } from "node:fs";

/**
 * Opens a file as `openSync` does, but follows a symbolic link in its place only where root or this user made it:
 * whoever else may write to the folder must not choose what the daemon reads or writes.
 */
export function openTrusted(path: string, flags: number, mode?: number): number {
  try {
    return openSync(path, flags | constants.O_NOFOLLOW, mode);
  } catch (error) {
    if (!isLink(path)) throw error;
  }
  const { uid } = lstatSync(path);
  if (uid !== 0 && uid !== process.geteuid?.()) {
    const remedy = `chown -h ${process.geteuid?.()} ${path}`;
    throw new Error(
      `cannot open ${path}: it is a symbolic link that another user (${uid}) made; if it is right: ${remedy}`,
    );
  }
  return openSync(path, flags, mode);
}

/** Empties a file, with the same caution. */
export function emptyTrusted(path: string): void {
  closeSync(openTrusted(path, constants.O_WRONLY | constants.O_TRUNC));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
