import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const script = join(import.meta.dirname, "test.mjs");
const { reasonsOf } = await import(join(import.meta.dirname, "parts/reasons.mjs"));

test("an unknown part is a failure, counted on the last line", () => {
  const { stdout, status } = spawnSync(process.execPath, [script, "--only", "units"], { encoding: "utf8" });
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 1 failed");
  expect(stdout).toContain("--only units: there are check, unit, system, editor");
  expect(status).toBe(1);
});

test("a failed test is told with its reason on one line, once where its tries failed in the same way", () => {
  const timeout = (line: number) => `Error: \u001b[2mwaited 30 s\u001b[22m
Call log:
  - waiting for a row
    at open (editor.test.ts:${line}:5)
    at node:internal/process`;
  expect(reasonsOf([timeout(1), timeout(2), "AssertionError: expected 1 to be 2"])).toBe(
    "  Error: waited 30 s Call log: - waiting for a row\n  AssertionError: expected 1 to be 2",
  );
});
