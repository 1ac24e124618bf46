import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const script = join(import.meta.dirname, "test.mjs");

test("an unknown part is a failure, counted on the last line", () => {
  const { stdout, status } = spawnSync(process.execPath, [script, "--only", "units"], { encoding: "utf8" });
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 1 failed");
  expect(stdout).toContain("--only units: there are check, unit, system, editor");
  expect(status).toBe(1);
});
