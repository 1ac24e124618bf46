import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let folder: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession();
  return session.end;
});

beforeAll(async () => {
  folder = session.workspace({
    "package.json": JSON.stringify({ scripts: { dev: "node server.mjs", build: "tsc", start: "node ." } }),
    "server.mjs": "setInterval(() => {}, 1000); console.log('ready');\n",
    Procfile: "worker: while true; do echo job $NAME; sleep 1; done\n",
    ".env": "NAME=demo\n",
  });
  workbench = await session.open(folder);
  await workbench.openView();
});

pictureFailures(() => session);

test("a folder without a configuration offers to create one", async () => {
  await workbench
    .welcome()
    .getByRole("button", { name: "Create supervisord.conf" })
    .click({ timeout: 60_000 });
  const list = workbench.page.locator(".quick-input-list .monaco-list-row");
  await list.first().waitFor();
  expect(await list.allTextContents()).toEqual([
    expect.stringMatching(/^worker.*Procfile, worker/),
    expect.stringMatching(/^dev.*npm run dev.*package\.json, script dev/),
    expect.stringMatching(/^start.*npm run start/),
  ]);
  await workbench.screenshot("create-choose");
});

test("it is shown first, and written when it is saved", async () => {
  await workbench.page.keyboard.press("Enter");
  await workbench.page.locator(".editor-instance .view-line", { hasText: "[program:dev]" }).waitFor();
  await workbench.screenshot("create-preview");
  expect(existsSync(join(folder, "supervisord.conf"))).toBe(false);
  await workbench.page.locator(".editor-instance .view-lines").first().click();
  await workbench.page.keyboard.press("Control+s");
  await vi.waitFor(() => expect(existsSync(join(folder, "supervisord.conf"))).toBe(true), WAIT);
});

test("what was created runs", async () => {
  await workbench.welcome().getByRole("button", { name: "Start" }).click();
  await workbench.answer("Start");
  await workbench.row("dev, running, pid ").waitFor({ timeout: 30_000 });
  await workbench.row("worker, running, pid ").waitFor();
  await workbench.screenshot("create-running");
});

test("a command that is typed in becomes a program that runs", async () => {
  await workbench.runCommand("supervisord.runCommand");
  const input = workbench.page.locator(".quick-input-widget input.input");
  await workbench.page.getByText("Run Command Supervised (1/2)").waitFor();
  await input.fill("sleep 1000");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.getByText("Run Command Supervised (2/2)").waitFor();
  await input.fill("nap");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.getByRole("button", { name: "Start It" }).click();
  await workbench.answer("Reload");
  await workbench.row("nap, running, pid ").waitFor({ timeout: 30_000 });
  expect(readFileSync(join(folder, "supervisord.conf"), "utf8")).toContain(
    "[program:nap]\ncommand=sleep 1000\n",
  );
});

const WAIT = { timeout: 15_000, interval: 100 };
