import { lstatSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Why a runtime folder is not to be trusted: somebody else may have made it, and what is in it. Null where it is
 * this user's alone, or not there.
 */
export function distrust(path: string): string | null {
  const parent = lstatSync(dirname(dirname(path)), { throwIfNoEntry: false });
  if (parent !== undefined && (parent.mode & 0o1002) === 0o002)
    return `everybody may replace what is in ${dirname(dirname(path))}: chmod +t it, or set XDG_RUNTIME_DIR to a folder of your own`;
  return distrustFolder(dirname(path)) ?? distrustFolder(path);
}

function distrustFolder(folder: string): string | null {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (!stat.isDirectory()) return `${folder} is no folder: remove it`;
  if (stat.uid !== process.getuid?.())
    return `${folder} belongs to somebody else (user ${stat.uid}): remove it, or set XDG_RUNTIME_DIR to a folder of your own`;
  if ((stat.mode & 0o022) !== 0)
    return `others may write to ${folder} (mode ${(stat.mode & 0o7777).toString(8)}): look at what is in it, then chmod 700 it`;
  return null;
}
