import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import type { Browser } from "playwright-core";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFailed,
  onTestFinished,
  test,
} from "vitest";
import { launchBrowser, VIEWPORT } from "./harness/browser.ts";
import { root } from "./harness/places.ts";
import { processesOf } from "./harness/processes.ts";
import { openWorkbench } from "./harness/workbench.ts";

type Start = ChildProcessByStdio<null, Readable, null>;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "st-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("npm start serves an editor that shows the demo's programs running, and Ctrl-C ends all of it", async () => {
  const start = startScript(["--browser"]);
  const workbench = await openWorkbench(
    await browser.newPage(VIEWPORT),
    await printed(start, /Open (http:\S+)/),
  );
  onTestFailed(() => workbench.screenshot("npm-start-failed"));
  // Nobody has clicked anything: the first screen shows the programs.
  for (const program of ["web", "files", "worker", "flaky", "producer", "consumer"]) {
    await workbench.row(`${program}, running, pid `).waitFor({ timeout: 30_000 });
  }
  await workbench.screenshot("npm-start");
  start.kill("SIGINT");
  expect(await once(start, "close")).toEqual([0, null]);
  expect(processesOf(folder)).toEqual([]);
});

test("npm start opens desktop VS Code where there is one, with a profile of its own", async () => {
  const tools = join(folder, "tools");
  mkdirSync(tools);
  writeFileSync(join(tools, "code"), `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/arguments\n`);
  chmodSync(join(tools, "code"), 0o755);
  const start = startScript([], { PATH: [tools, process.env.PATH].join(delimiter), DISPLAY: ":0" });
  expect(await once(start, "close")).toEqual([0, null]);
  const args = readFileSync(join(folder, "arguments"), "utf8").split("\n");
  expect(args).toContain(`--extensionDevelopmentPath=${root}`);
  expect(args).toContain(join(folder, "desktop"));
  expect(args).toContain(join(folder, "demo"));
});

function startScript(args: readonly string[], env: NodeJS.ProcessEnv = {}): Start {
  const script = join(root, "test/project/start.mjs");
  const inherited = { ...process.env };
  delete inherited.VSCODE_IPC_HOOK_CLI;
  const start = spawn(process.execPath, [script, "--folder", folder, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    // The editor leaves a socket where temporary files are.
    env: { ...inherited, TMPDIR: folder, ...env },
  });
  onTestFinished(async () => {
    if (start.exitCode !== null) return;
    start.kill("SIGINT");
    await once(start, "close");
  });
  return start;
}

function printed(start: Start, pattern: RegExp): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    start.stdout.on("data", (chunk) => {
      output += chunk;
      const found = pattern.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    start.on("close", () => reject(new Error(`the script ended without what was waited for:\n${output}`)));
  });
}
