// Vitest's global setup of the editor tests: the extension is packaged once, not by each file of tests.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { root } from "./places.ts";
import { run } from "./run.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of the extension as users install it. */
    readonly vsix: string;
  }
}

let folder: string;

export async function setup(project: TestProject): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "vsix-"));
  const vsix = join(folder, "extension.vsix");
  const quiet = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  await run(join(root, "node_modules/.bin/vsce"), ["package", ...quiet, "--out", vsix]);
  project.provide("vsix", vsix);
}

export function teardown(): void {
  rmSync(folder, { recursive: true });
}
