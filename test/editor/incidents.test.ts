import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
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
  session = await startSession({ settings: { "supervisord.startOnOpen": "always" } });
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
  await workbench.page.keyboard.press("Enter");
});

function notices() {
  return workbench.page.locator(".notifications-toasts .notification-toast");
}

function kill(name: string): void {
  writeFileSync(join(path, `${name}.die`), "");
}
