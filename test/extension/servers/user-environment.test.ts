import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { userEnvironment } from "../../../extension/servers/user-environment.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shell-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A login shell that does this before the command that it is given (its fourth argument). */
function shell(name: string, profile: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${profile}\neval "$4"\n`);
  chmodSync(path, 0o755);
  return path;
}

async function resolve(SHELL: string, more: NodeJS.ProcessEnv = {}) {
  const reasons: string[] = [];
  const editor = { PATH: process.env.PATH, SHELL, ...more };
  const environment = await userEnvironment(editor, (reason) => reasons.push(reason));
  return { environment, reasons };
}

test("what the shell's profile sets is there, whatever the profile prints", async () => {
  const chatty = shell("chatty", 'echo welcome; export TOOLS="a b\nc=d"');
  const { environment, reasons } = await resolve(chatty);
  expect(environment.TOOLS).toBe("a b\nc=d");
  expect(reasons).toEqual([]);
});

test("the editor's own variables are left out, also where the shell passes them on", async () => {
  const { environment } = await resolve(shell("plain", "export VSCODE_B=1"), {
    VSCODE_A: "1",
    ELECTRON_RUN_AS_NODE: "1",
    KEPT: "1",
  });
  expect(Object.keys(environment).filter((name) => /VSCODE|ELECTRON/.test(name))).toEqual([]);
  expect(environment.KEPT).toBe("1");
});

test("a profile that leaves something in the background does not hold the answer up", async () => {
  const { environment } = await resolve(shell("background", "sleep 60 &\nexport X=1"));
  expect(environment.X).toBe("1");
});

test("a shell that fails, or is none, gives the editor's environment and the reason", async () => {
  const failing = await resolve(shell("failing", "exit 3"), { KEPT: "1" });
  expect(failing.environment.KEPT).toBe("1");
  expect(failing.reasons).toEqual([
    expect.stringMatching(/^cannot read the login shell's environment: .* code 3$/),
  ]);
  const missing = await resolve(join(folder, "none"));
  expect(missing.reasons).toHaveLength(1);
});
