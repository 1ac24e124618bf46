import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const hasSupervisor = spawnSync("/usr/bin/python3", ["-c", "import supervisor"]).status === 0;

describe.runIf(hasSupervisor)("beside the Supervisor of this machine", () => {
  test("1,000 random configurations are read alike", () => {
    const script = join(import.meta.dirname, "fuzz.ts");
    const { status, stdout } = spawnSync(process.execPath, [script, "1000", "7"], { encoding: "utf8" });
    expect(stdout).toContain("1000 configurations");
    expect(stdout).toContain(" 0 differences");
    expect(status).toBe(0);
  });
});
