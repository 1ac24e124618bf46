import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Question } from "../../daemon/config/machine.ts";
import { findOnMachine, MachineFacts } from "../../language-server/machine-facts.ts";

describe("facts", () => {
  test("are unknown until they are found, which is told", async () => {
    let told = 0;
    const facts = new MachineFacts(
      async () => true,
      () => told++,
      () => 0,
    );
    expect(facts.ask("file /a")).toBeNull();
    expect(facts.ask("file /b")).toBeNull();
    await facts.settled;
    expect([facts.ask("file /a"), facts.ask("file /b"), told]).toEqual([true, true, 1]);
  });

  test("that have not changed are not told again", async () => {
    let [told, now] = [0, 0];
    const facts = new MachineFacts(
      async () => true,
      () => told++,
      () => now,
    );
    facts.ask("file /a");
    await facts.settled;
    now = 60_000;
    expect(facts.ask("file /a")).toBe(true);
    await facts.settled;
    expect(told).toBe(1);
  });

  test("that nobody can find stay unknown", async () => {
    const facts = new MachineFacts(
      () => Promise.reject(new Error("no answer")),
      () => undefined,
      () => 0,
    );
    facts.ask("file /a");
    await facts.settled;
    expect(facts.ask("file /a")).toBeNull();
    await facts.settled;
  });
});

describe("this machine", () => {
  let folder: string;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "facts-")));
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/tool"), "");
    chmodSync(join(folder, "bin/tool"), 0o755);
    writeFileSync(join(folder, "plain"), "");
    mkdirSync(join(folder, "repository/conf"), { recursive: true });
    spawnSync("git", ["init", "-q", join(folder, "repository")]);
    writeFileSync(join(folder, "repository/.gitignore"), "*.local.conf\n");
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each<[string, boolean]>([
    ["executable FOLDER/bin/tool", true],
    ["executable FOLDER/plain", false],
    ["executable FOLDER/bin", false],
    ["program tool /nowhere:FOLDER/bin", true],
    ["program plain /nowhere:FOLDER/bin", false],
    ["program plain FOLDER", false],
    ["file FOLDER/plain", true],
    ["file FOLDER/none", false],
    ["directory FOLDER/bin", true],
    ["directory FOLDER/plain", false],
    ["versioned FOLDER/repository/conf/supervisord.conf", true],
    ["versioned FOLDER/repository/conf/own.local.conf", false],
    ["versioned FOLDER/plain", false],
  ])("answers %s with %s", async (question, answer) => {
    expect(await findOnMachine(question.replaceAll("FOLDER", folder) as Question)).toBe(answer);
  });
});
