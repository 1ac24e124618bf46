// The bundles.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectNode, root } from "./places.mjs";
import { run, say, secondsSince } from "./run.mjs";

const SOURCES = [
  "daemon",
  "extension",
  "language-server",
  "esbuild.config.mjs",
  "package.json",
  "package-lock.json",
];

/** Builds the bundles where they are missing or older than a source. Throws with the builder's own words. */
export async function buildIfStale() {
  if (bundlesBuiltAt() < newest(SOURCES.map((name) => join(root, name)))) await build();
}

/** Builds the bundles as tests want them: what a benchmark leaves there is minified. Throws with the builder's own words. */
export async function build() {
  const startedAt = performance.now();
  const { code, output } = await run(projectNode, ["esbuild.config.mjs"]);
  if (code !== 0) throw new Error(`cannot build: esbuild.config.mjs ended with ${code}\n${output}`);
  say(`Built the extension, the language server and the daemon in ${secondsSince(startedAt)}.`);
}

/** When the oldest bundle was written, in milliseconds; 0 where one is missing. */
export function bundlesBuiltAt() {
  const { main, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const bundles = [main, "dist/language-server/server.cjs", ...Object.values(bin)].map((path) =>
    join(root, path),
  );
  return Math.min(...bundles.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
}

/** The latest change in these files and folders. A folder counts itself too, so that a deleted file is noticed. */
export function newest(paths) {
  return Math.max(...paths.map(changedAt));
}

function changedAt(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}
