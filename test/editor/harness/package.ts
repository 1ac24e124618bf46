import { join } from "node:path";
import { root } from "./places.ts";
import { run } from "./run.ts";

/** Packages the built extension as users install it; as another version if one is named. */
export async function packageExtension(vsix: string, version: string | null = null): Promise<void> {
  const quiet = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  const named = version === null ? [] : [version, "--no-update-package-json"];
  await run(join(root, "node_modules/.bin/vsce"), ["package", ...named, ...quiet, "--out", vsix]);
}
