import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

const MAIN = `[supervisord]
logfile=/dev/null
logfile_maxbytes=0

[program:web]
command=sh %(here)s/web.sh
stopwaitsecs=90
stdout_logfile_maxbytes=5MB

[program:job]
command=sleep 1000

[include]
files=conf.d/*.conf
`;

let session: Session;
let folder: string;
let workbench: Workbench;

beforeAll(async () => {
  const settings = { "supervisord.startOnOpen": "always", "editor.formatOnSave": true };
  session = await startSession({ settings });
  return session.end;
});

beforeAll(async () => {
  folder = session.workspace({
    "supervisord.conf": MAIN,
    "conf.d/site.conf": "[group:site]\nprograms=web,job\n",
    "web.sh": "exec sleep 1000\n",
  });
  workbench = await session.open(folder);
  await workbench.openFile("supervisord.conf");
});

pictureFailures(() => session);

test("over each program stands what it is doing, and it can be stopped from there", async () => {
  await workbench.page.getByText("RUNNING · pid ").first().waitFor({ timeout: 60_000 });
  await workbench.screenshot("language-light");
  const stopped = workbench.page.getByText("STOPPED");
  await workbench.pressUntil(workbench.lens(/^Stop$/).last(), stopped);
  await workbench.pressUntil(workbench.lens(/^Start$/), stopped, "hidden");
});

test("hovering a program says what it is doing", async () => {
  await goTo(5, 4);
  await workbench.runCommand("editor.action.showHover");
  const hover = workbench.page.locator(".monaco-hover:visible");
  await hover.filter({ hasText: /web: RUNNING, pid \d+/ }).waitFor();
  await workbench.screenshot("language-hover-light");
  await workbench.page.keyboard.press("Escape");
});

test("hints say what numbers and names stand for", async () => {
  await expectText("stopwaitsecs=90= 1 min 30 s");
  await expectText(`sh %(here)s${folder}/web.sh`);
});

test("a path is followed to its file", async () => {
  await goTo(6, 24);
  await workbench.runCommand("editor.action.openLink");
  await workbench.page.getByRole("tab", { name: /^web\.sh/ }).waitFor();
  await workbench.openFile("supervisord.conf");
});

test("a program gets its new name in the file that is open and in the one that is not", async () => {
  await goTo(5, 11);
  await workbench.page.keyboard.press("F2");
  const input = workbench.page.locator(".rename-box input");
  await input.fill("a b");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.getByText("Supervisor refuses the name a b").first().waitFor();
  await workbench.page.keyboard.press("Escape");
  await goTo(5, 11);
  await workbench.page.keyboard.press("F2");
  await input.fill("api");
  await workbench.page.keyboard.press("Enter");
  await expectText("[program:api]");
  await workbench.runCommand("workbench.action.files.saveAll");
  await vi.waitFor(() => {
    expect(onDisk("supervisord.conf")).toBe(MAIN.replace("program:web", "program:api"));
    expect(onDisk("conf.d/site.conf")).toBe("[group:site]\nprograms=api,job\n");
  }, WAIT);
});

test("a file that is saved is put in shape", async () => {
  await goTo(10, 14);
  await workbench.page.keyboard.press("End");
  await workbench.page.keyboard.type("\n  autostart =true  \n\n\n");
  await workbench.page.keyboard.press("Control+s");
  await vi.waitFor(
    () =>
      expect(onDisk("supervisord.conf")).toContain("[program:job]\nautostart=true\n\ncommand=sleep 1000\n"),
    WAIT,
  );
});

test("the same is legible in the dark", async () => {
  session.changeSettings({ "workbench.colorTheme": "Dark 2026" });
  await workbench.reload();
  await workbench.openFile("supervisord.conf");
  await workbench.page.getByText("RUNNING · pid ").first().waitFor({ timeout: 60_000 });
  await workbench.screenshot("language-dark");
  await goTo(10, 4);
  await workbench.runCommand("editor.action.showHover");
  const hover = workbench.page.locator(".monaco-hover:visible");
  await hover.filter({ hasText: /job: RUNNING, pid \d+/ }).waitFor();
  await workbench.screenshot("language-hover-dark");
});

const WAIT = { timeout: 15_000, interval: 100 };

async function goTo(line: number, column: number): Promise<void> {
  await workbench.runCommand("workbench.action.gotoLine");
  const input = workbench.page.locator(".quick-input-widget input.input");
  await input.fill(`:${line}:${column}`);
  await workbench.page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
}

async function expectText(words: string): Promise<void> {
  const shown = async () => {
    const lines = await workbench.page.locator(".editor-instance .view-line").allTextContents();
    return lines.join("\n").replaceAll("\u00a0", " ");
  };
  await vi.waitFor(async () => expect(await shown()).toContain(words), WAIT);
}

function onDisk(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
