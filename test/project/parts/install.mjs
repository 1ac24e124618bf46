// npm packages: installs those of a folder where they differ from its lock file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run, say, secondsSince } from "./run.mjs";

/** Makes `node_modules` of a folder what its lock file says; does nothing where it already is. Throws with npm's own words. */
export async function installPackages(folder, title) {
  if (isInstalled(folder)) return;
  say(`Installing ${title} (npm ci), which can take some minutes ...`);
  const startedAt = performance.now();
  const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
  if (code !== 0) throw new Error(`cannot install ${title}: npm ci ended with ${code}\n${errors(output)}`);
  say(`Installed ${title} in ${secondsSince(startedAt)}.`);
}

/**
 * Whether each package that the lock file names stands in `node_modules` in that version. npm keeps what it installed in
 * a lock file of its own, written last, so an interrupted installation counts as none.
 */
export function isInstalled(folder) {
  const wanted = lockedPackages(join(folder, "package-lock.json"));
  const present = lockedPackages(join(folder, "node_modules/.package-lock.json"));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional || entry.devOptional || present[path]?.version === entry.version,
  );
}

/** npm's errors without its warnings and the help that it adds. */
function errors(output) {
  const lines = output.split("\n").filter((line) => !line.startsWith("npm warn"));
  return lines.slice(0, 30).join("\n");
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}
