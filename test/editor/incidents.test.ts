import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { processesOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let path: string;
let workbench: Workbench;

/** Ends as soon as its file is there, with its last words. */
const FRAGILE = `until [ -e "$1" ]; do sleep 0.05; done\nrm -f "$1"\necho "Error: $1 is here" >&2\nexit 3\n`;

const SERVER = `[supervisord]
logfile=%(here)s/d.log
pidfile=%(here)s/d.pid
childlogdir=%(here)s
[unix_http_server]
file=%(here)s/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://%(here)s/s.sock
`;

const program = (name: string, options = "autorestart=false") =>
  `[program:${name}]\ncommand=sh fragile.sh ${name}.die\ndirectory=%(here)s\nstartsecs=0\n${options}\n`;

beforeAll(async () => {
  session = await startSession({
    settings: {
      "supervisord.startOnOpen": "always",
      "[supervisord-conf]": {
        "editor.autoClosingBrackets": "never",
        "editor.autoSurround": "never",
        "editor.quickSuggestions": { other: "off" },
      },
    },
  });
  return session.end;
});

beforeAll(async () => {
  path = session.workspace({
    "fragile.sh": FRAGILE,
    "supervisord.conf": `${SERVER}${program("web")}${program("api")}${program("jobs")}${program("mail", "autorestart=true")}`,
  });
  workbench = await session.open(path);
  await workbench.openView();
  for (const name of ["web", "api", "jobs", "mail"])
    await workbench.row(`${name}, running`).waitFor({ timeout: 60_000 });
});

pictureFailures(() => session);

test("a program that dies is told of with its exit code and last words, and marked at its command", async () => {
  kill("web");
  const notice = notices().filter({ hasText: "web ended unexpectedly: exit code 3." });
  await notice.waitFor();
  await expect.poll(() => notice.textContent()).toContain("Error: web.die is here");
  await (await workbench.problem("web ended unexpectedly: exit code 3.")).waitFor();
  await workbench.screenshot("incident-light");
});

test("its button starts it again, and the mark goes", async () => {
  await notices().filter({ hasText: "web ended" }).getByRole("button", { name: "Restart" }).click();
  await workbench.row("web, running").waitFor();
  await workbench.page
    .locator(".markers-panel .monaco-list-row", { hasText: "web ended" })
    .waitFor({ state: "detached" });
});

test("many that die at once are one message", async () => {
  for (const name of ["web", "api", "jobs"]) kill(name);
  const notice = notices().filter({ hasText: "3 programs ended unexpectedly" });
  await notice.waitFor();
  expect(await notices().count()).toBe(1);
  await workbench.screenshot("incidents-light");
  await notice.getByRole("button", { name: "Restart" }).click();
  for (const name of ["web", "api", "jobs"]) await workbench.row(`${name}, running`).waitFor();
});

test("what is stopped, or restarted, is not told of", async () => {
  await workbench.pressInline(workbench.row("web, running"), "Stop");
  await workbench.row("web, stopped").waitFor();
  await workbench.pressInline(workbench.row("api, running"), "Restart");
  kill("mail");
  await notices()
    .filter({ hasText: "mail ended unexpectedly (exit code 3) and was started again." })
    .waitFor();
  expect(await notices().count()).toBe(1);
});

test("a muted program dies in silence until it is unmuted", async () => {
  await notices().filter({ hasText: "mail ended" }).getByRole("button", { name: "Mute" }).click();
  kill("mail");
  await workbench.row("web, stopped").waitFor();
  kill("jobs");
  await notices().filter({ hasText: "jobs ended unexpectedly" }).waitFor();
  expect(await notices().filter({ hasText: "mail" }).count()).toBe(0);
  await workbench.runCommand("supervisord.unmute");
  await workbench.page
    .locator(".quick-input-list .monaco-list-row", { hasText: "mail" })
    .getByRole("checkbox")
    .click();
  await workbench.page.getByRole("button", { name: "OK" }).click();
});

test("a save shows what it would change, and changes nothing", async () => {
  const before = pids();
  await edit("web.die\n", "web.die once\n");
  await workbench.row("supervisord.conf, 2 of 4 running, 1 changed").waitFor();
  // The place that was typed at last is the end, and only what is on the screen has a lens.
  await workbench.page.keyboard.press("Control+Home");
  await workbench.lens("Not in force: command").waitFor();
  await workbench.page.locator(".part.sidebar").getByText("is not in force yet: changed web").waitFor();
  expect(pids()).toEqual(before);
  await workbench.screenshot("change-light");
});

test("what it would change can be compared before", async () => {
  await workbench.page.keyboard.press("Control+Home");
  const sides = workbench.page.locator(".monaco-diff-editor .view-lines");
  const old = sides.filter({ hasText: "command = sh fragile.sh web.die" }).first();
  await workbench.pressUntil(workbench.lens("Not in force: 1 changed"), old);
  await workbench.screenshot("comparison-light");
});

test("its update restarts what was changed and nothing else, and nothing is left to do", async () => {
  const before = pids();
  await workbench.pressInline(workbench.row("supervisord.conf, "), "Update");
  await workbench.answer("Reload");
  await workbench.row("web, running").waitFor();
  await workbench.row("supervisord.conf, 3 of 4 running").waitFor();
  await workbench.lens("Not in force").first().waitFor({ state: "detached" });
  expect(pids()).toEqual({ ...before, web: expect.any(Number) });
});

test("a save that Supervisor would refuse leads to the line, and programs run on", async () => {
  const before = pids();
  await edit("command=sh fragile.sh api.die\n", "");
  const place = workbench.page.locator(".part.statusbar", { hasText: "Ln 16" });
  await workbench.pressUntil(workbench.row("[program:api] needs a command"), place);
  await workbench.screenshot("refused-light");
  await edit("[program:api]\n", "[program:api]\ncommand=sh fragile.sh api.die\n");
  await workbench.row("[program:api] needs a command").waitFor({ state: "detached" });
  expect(pids()).toEqual(before);
});

test("with the setting for it a save is put in force at once", async () => {
  const before = pids();
  session.changeSettings({ "supervisord.applyOnSave": true, "workbench.colorTheme": "Dark 2026" });
  await workbench.reload();
  await workbench.page.locator(".monaco-workbench.vs-dark").waitFor();
  await workbench.row("api, running").waitFor({ timeout: 60_000 });
  await edit("api.die\n", "api.die twice\n");
  await workbench.page.locator(".part.statusbar", { hasText: "is in force: changed api" }).waitFor();
  await expect.poll(() => pids().api).not.toBe(before.api);
  kill("api");
  await notices().filter({ hasText: "api ended unexpectedly" }).waitFor();
  await workbench.screenshot("incident-dark");
  expect(pids()).toEqual({ ...before, api: undefined });
});

test("a start that fails is told once, with the reason", async () => {
  const words = "[program:bad]\ncommand=sh bad.sh\ndirectory=%(here)s\nautostart=false\nstartretries=0\n";
  writeFileSync(join(path, "bad.sh"), "echo 'no luck' >&2; exit 4\n");
  await edit("[program:web]", `${words}[program:web]`);
  await workbench.pressInline(workbench.row("bad, stopped"), "Start");
  const notice = notices().filter({ hasText: "bad" });
  await notice.filter({ hasText: "exit code 4" }).filter({ hasText: "no luck" }).waitFor();
  kill("mail");
  await notices().filter({ hasText: "mail ended" }).waitFor();
  expect(await notice.count()).toBe(1);
  await workbench.pointAt(
    workbench.page.locator(".part.statusbar [id='vscode-supervisord.vscode-supervisord.supervisord.status']"),
    "bad · FATAL",
  );
  await workbench.screenshot("status-dark");
});

test("a start of a group that goes on after one of it failed is told once, when it is over", async () => {
  const slow = "[program:slow]\ncommand=sleep 1000\nautostart=false\nstartsecs=3\n";
  await edit("[program:bad]", `[group:both]\nprograms=bad,slow\n${slow}[program:bad]`);
  await workbench.runCommand("notifications.clearAll");
  await workbench.row("slow, stopped").waitFor();
  await workbench.pressInline(workbench.row("both, group, 0 of 2 running"), "Start");
  await workbench.row("bad, failed").waitFor();
  await workbench.row("slow, running").waitFor();
  const notice = notices().filter({ hasText: "bad" });
  await notice.waitFor();
  kill("web");
  await notices().filter({ hasText: "web ended" }).waitFor();
  expect(await notice.count()).toBe(1);
});

test("programs and changes of a real supervisord are told of, too", async () => {
  const other = session.workspace({
    "fragile.sh": FRAGILE,
    "supervisord.conf": `${SERVER}${program("web")}`,
  });
  const config = join(other, "supervisord.conf");
  spawn("/usr/bin/supervisord", ["-n", "-c", config], { cwd: other, stdio: "ignore" });
  await expect.poll(() => existsSync(join(other, "s.sock")), { timeout: 20_000 }).toBe(true);
  await workbench.close();
  session.changeSettings({ "supervisord.applyOnSave": false });
  workbench = await session.open(other);
  await workbench.openView();
  await workbench.row("web, running").waitFor({ timeout: 60_000 });
  writeFileSync(join(other, "web.die"), "");
  await notices()
    .filter({ hasText: "web ended unexpectedly: exit code 3. It wrote: Error: web.die is here" })
    .waitFor();
  path = other;
  await edit("web.die\n", "web.die once\n");
  await workbench.row("supervisord.conf, 0 of 1 running, 1 changed").waitFor();
  await workbench.page.keyboard.press("Control+Home");
  await workbench.pressUntil(workbench.lens("Update"), workbench.row("web, running"));
  expect(Object.keys(pids())).toEqual(["web"]);
});

/** Puts words in the place of others in the configuration, in the editor, and saves it. */
async function edit(words: string, others: string): Promise<void> {
  const file = join(path, "supervisord.conf");
  const text = readFileSync(file, "utf8").replace(words, others).trimEnd();
  await workbench.openFile("supervisord.conf");
  // The comparison has the focus as long as it is there.
  await workbench.page.locator(".monaco-diff-editor").first().waitFor({ state: "hidden" });
  await workbench.page.keyboard.press("Control+A");
  await workbench.page.keyboard.insertText(text);
  await workbench.page.keyboard.press("Control+S");
  await expect.poll(() => readFileSync(file, "utf8"), { timeout: 10_000 }).toBe(text);
}

/** The pids of the programs that run, by their names. */
function pids(): Record<string, number> {
  const named = ["web", "api", "jobs", "mail"].flatMap((name) => {
    const found = processesOf(path).find(({ command }) => command.startsWith(`sh fragile.sh ${name}.die`));
    return found === undefined ? [] : [[name, found.pid] as const];
  });
  return Object.fromEntries(named);
}

function notices() {
  return workbench.page.locator(".notifications-toasts .notification-toast");
}

function kill(name: string): void {
  writeFileSync(join(path, `${name}.die`), "");
}
