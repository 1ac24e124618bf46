import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pidOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let demo: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: { "supervisord.startOnOpen": "always" }, trusted: false });
  return session.end;
});

beforeAll(async () => {
  demo = await session.demo();
  workbench = await session.open(demo);
  await workbench.openView();
});

pictureFailures(() => session);

test("an untrusted workspace starts nothing, even where everything else starts by itself", async () => {
  await workbench.welcome().getByText("once you trust this workspace").waitFor({ timeout: 60_000 });
  await workbench.screenshot("untrusted");
  expect(pidOf(demo, "supervisord.cjs")).toBeUndefined();
  expect(existsSync(join(demo, ".supervisord/s.sock"))).toBe(false);
});

test("trusting it asks with the exact commands, and a no starts nothing", async () => {
  session.changeSettings({ "supervisord.startOnOpen": "ask" });
  await workbench.reload();
  await workbench.welcome().getByText("once you trust this workspace").waitFor({ timeout: 60_000 });
  await workbench.trust();
  const dialog = workbench.dialog();
  await dialog.getByText("Run the 6 programs of supervisord.conf?").waitFor({ timeout: 30_000 });
  const words = await dialog.textContent();
  for (const command of COMMANDS) expect(words).toContain(command);
  await workbench.screenshot("consent");
  await workbench.answer("Cancel");
  await workbench.closeModalEditor();
  await workbench.welcome().getByText("are not running").waitFor();
  await workbench.screenshot("not-running");
  expect(pidOf(demo, "supervisord.cjs")).toBeUndefined();
});

test("Start asks again, and a yes starts the programs", async () => {
  await workbench.welcome().getByRole("button", { name: "Start" }).click();
  await workbench.answer("Start");
  await workbench.row("web, running, pid ").waitFor({ timeout: 30_000 });
});

test("what was agreed to is not asked again", async () => {
  await workbench.runCommand("supervisord.shutDown");
  await workbench.answer("Shut Down");
  await workbench.welcome().getByText("are not running").waitFor({ timeout: 30_000 });
  await workbench.welcome().getByRole("button", { name: "Start" }).click();
  await workbench.row("web, running, pid ").waitFor({ timeout: 30_000 });
});

const COMMANDS = [
  "web: node --watch site.mjs",
  "files: python3 -u -m http.server ",
  "--bind 127.0.0.1 --directory public",
  "worker: sh worker.sh",
  "flaky: node flaky.mjs",
  "queue:producer: python3 -u producer.py",
  "queue:consumer: python3 -u consumer.py",
];
