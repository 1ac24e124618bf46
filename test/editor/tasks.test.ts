import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pidOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { copyTwelve } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: { "supervisord.startOnOpen": "never" } });
  return session.end;
});

beforeAll(async () => {
  workspace = session.workspace({});
  await copyTwelve(workspace);
  bindKeys([
    ["ctrl+alt+6", "supervisord.reload", SERVER],
    ["ctrl+alt+7", "supervisord.shutDown", SERVER],
    ["ctrl+alt+8", "supervisord.startServer", SERVER],
    ["ctrl+alt+9", "supervisord.restart", { ...SERVER, program: "idle" }],
  ]);
  workbench = await session.open(workspace);
  await workbench.openView();
});

pictureFailures(() => session);

test("a task that needs a supervisord asks for it, starts it and ends once its program runs", async () => {
  await runTask("start idle for debugging");
  await workbench.dialog().getByText("idle: sleep 100001").waitFor({ timeout: 60_000 });
  expect(pidOf(workspace, "supervisord.cjs")).toBeUndefined();
  await workbench.answer("Start");
  await workbench.row("idle, running").waitFor({ timeout: 60_000 });
  await workbench.row("crashing, failed").waitFor();
});

test("a task whose program fails shows why, with the program's last words", async () => {
  await runTask("start what crashes");
  const text = () => workbench.page.locator(".terminal-wrapper.active .xterm-rows").textContent();
  await expect.poll(text, { timeout: 30_000 }).toMatch(/crashing has failed: exit code 3\./);
  expect(await text()).toMatch(/cannot reach the database at 127\.0\.0\.1:5432/);
  await workbench.screenshot("task-failed-light");
});

test("a key that is bound to a command with a name needs no mouse and asks nothing", async () => {
  const before = await idle();
  await workbench.page.keyboard.press("Control+Alt+9");
  await expect.poll(idle, { timeout: 20_000 }).not.toBe(before);
  await workbench.row("idle, running").waitFor();
});

test("the palette's picker shows the state of each program, and the keyboard is enough", async () => {
  await workbench.runCommand("supervisord.stopProgram");
  const entries = workbench.page.locator(".quick-input-list .monaco-list-row");
  await entries.filter({ hasText: "idle" }).filter({ hasText: "RUNNING" }).waitFor();
  await workbench.screenshot("program-picker-light");
  await workbench.page.keyboard.type("idle");
  await workbench.page.keyboard.press("Enter");
  await workbench.row("idle, stopped").waitFor();
});

test("keys shut down a named supervisord, start it anew without a question about what was agreed to, and reload it", async () => {
  await workbench.page.keyboard.press("Control+Alt+7");
  await workbench.answer("Shut Down");
  await workbench.welcome().getByText("not running").waitFor();
  await workbench.page.keyboard.press("Control+Alt+8");
  await workbench.row("web, running").waitFor({ timeout: 30_000 });
  const added = "\n[program:added]\ncommand=sleep 100012\nautostart=false\n";
  appendFileSync(join(workspace, "supervisord.conf"), added);
  await workbench.page.keyboard.press("Control+Alt+6");
  await workbench.answer("Reload");
  await workbench.row("added, stopped").waitFor();
});

test("tasks.json completes what a task does, in a dark theme", async () => {
  session.changeSettings({ "workbench.colorTheme": "Dark 2026" });
  await workbench.reload();
  await workbench.openFile("tasks.json");
  await workbench.runCommand("editor.action.selectAll");
  const task = '{ "version": "2.0.0", "tasks": [{ "type": "supervisord", "action": "" }]}';
  await workbench.page.keyboard.insertText(task);
  await workbench.page.keyboard.press("End");
  for (const _ of '" }]}') await workbench.page.keyboard.press("ArrowLeft");
  const suggestions = workbench.page.locator(".suggest-widget .monaco-list-row");
  await expect
    .poll(
      async () => {
        await workbench.page.keyboard.press("Control+Space");
        return (await suggestions.allTextContents()).map((text) => /\w+/.exec(text)?.[0]).toSorted();
      },
      { timeout: 40_000, interval: 1000 },
    )
    .toEqual(["restart", "start", "stop", "wait"]);
  await workbench.screenshot("task-completion-dark");
});

/** Runs a task as a person does, by its name. */
async function runTask(name: string): Promise<void> {
  await workbench.runCommand("workbench.action.quickOpen");
  const { page } = workbench;
  await page.locator(".quick-input-widget input.input").fill(`task ${name}`);
  const entry = page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
  await entry.click();
  await entry.waitFor({ state: "hidden" });
}

/** The accessible name of the row of `idle`, which holds its pid. */
async function idle(): Promise<string | undefined> {
  return (await workbench.rowNames()).find((name) => /^idle, running, pid/.test(name))?.split(", up")[0];
}

const SERVER = { server: "supervisord.conf" };

/** Gives the user of the session keys of their own. */
function bindKeys(keys: readonly (readonly [key: string, command: string, args: unknown])[]): void {
  const bindings = keys.map(([key, command, args]) => ({ key, command, args }));
  const user = join(session.folder, "data/data/User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "keybindings.json"), JSON.stringify(bindings));
}
