import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { pidOf, processesOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

const WAIT = { timeout: 60_000, interval: 50 };

const SETTINGS = {
  "supervisord.startOnOpen": "always",
  "supervisord.onLastWindowClosed": "stop",
  "supervisord.onLastWindowClosedDelay": 15,
};

let session: Session;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: SETTINGS });
  return session.end;
});

beforeAll(async () => {
  workspace = session.workspace({ "supervisord.conf": CONFIGURATION });
  workbench = await session.open(workspace);
  await workbench.openView();
  await workbench.row("web, running, pid ").waitFor({ timeout: 60_000 });
});

pictureFailures(() => session);

const CONFIGURATION = `[unix_http_server]
file=%(here)s/s.sock
[supervisord]
[program:web]
command=sleep 1001
startsecs=0
[program:api]
command=sleep 1002
startsecs=0
`;

test("what the daemon cannot do stands in the tree until it can again", async () => {
  const socket = join(workspace, "s.sock");
  writeFileSync(join(workspace, "note"), "mine");
  renameSync(join(workspace, "note"), socket);
  const fault = workbench.row("fault: Clients cannot connect to ");
  await fault.waitFor();
  await workbench.pointAt(fault, "It is tried again");
  await workbench.screenshot("fault-light");
  rmSync(socket);
  await fault.waitFor({ state: "detached" });
});

test("a daemon that was killed is started again, takes its programs over, and this is said once", async () => {
  const before = pids();
  process.kill(daemonPid(), "SIGKILL");
  const message = workbench.notifications().filter({ hasText: "had died" });
  await message.waitFor();
  expect(await message.textContent()).toBe(
    "The supervisor daemon of supervisord.conf had died. Its 2 programs were taken over.",
  );
  await workbench.row(`web, running, pid ${before["sleep 1001"]}`).waitFor();
  await workbench.screenshot("taken-over");
  await workbench.pressInline(workbench.row("api, running"), "Restart");
  // Between its two runs it has no pid.
  const isAnother = () => expect([undefined, before["sleep 1002"]]).not.toContain(pids()["sleep 1002"]);
  await vi.waitFor(isAnother, WAIT);
  await workbench.row("api, running, pid ").waitFor();
  expect(await message.count()).toBe(1);
  expect(pids()["sleep 1001"]).toBe(before["sleep 1001"]);
});

test("after its file was edited a daemon that was killed is started when somebody says so; what has no place any more can be stopped", async () => {
  const before = pids();
  writeFileSync(
    join(workspace, "supervisord.conf"),
    CONFIGURATION.slice(0, CONFIGURATION.indexOf("[program:api]")),
  );
  await workbench.row("supervisord.conf, ").filter({ hasText: "1 removed" }).waitFor();
  process.kill(daemonPid(), "SIGKILL");
  const message = workbench.page.locator(".notifications-toasts .notification-list-item", {
    hasText: "has changed since",
  });
  await message.getByRole("button", { name: "Start" }).click();
  await workbench.answer("Start");
  const left = workbench.row("api:api, left running by an earlier daemon");
  await left.waitFor();
  expect(pids()).toEqual(before);
  await workbench.pointAt(left, "An earlier daemon started it");
  await workbench.screenshot("left-behind-light");
  await workbench.pressInline(left, "Stop");
  await workbench.answer("Stop");
  await left.waitFor({ state: "detached" });
  expect(pids()).toEqual({ "sleep 1001": before["sleep 1001"] });
});

test("when the last window is closed nothing of it is left, though a reload stops nothing", async () => {
  const before = pids();
  session.changeSettings({ ...SETTINGS, "workbench.colorTheme": "Dark 2026" });
  await workbench.reload();
  await workbench.page.locator(".monaco-workbench.vs-dark").waitFor();
  await workbench.row(`web, running, pid ${before["sleep 1001"]}`).waitFor({ timeout: 60_000 });
  const put = join(workspace, "s.sock");
  // In one step: a socket that is gone for a moment is back before anything else can be put there.
  writeFileSync(join(workspace, "note"), "mine");
  renameSync(join(workspace, "note"), put);
  await workbench.row("fault: Clients cannot connect to ").waitFor();
  await workbench.screenshot("fault-dark");
  rmSync(put);
  expect(pids()).toEqual(before);
  await workbench.close();
  await vi.waitFor(() => expect(processesOf(workspace)).toEqual([]), WAIT);
});

/** Pids of the programs by their command lines. */
function pids(): Record<string, number> {
  const programs = processesOf(workspace).filter(({ command }) => command.startsWith("sleep 100"));
  return Object.fromEntries(programs.map(({ command, pid }) => [command, pid]));
}

function daemonPid(): number {
  const pid = pidOf(workspace, "supervisord.cjs");
  if (pid === undefined) throw new Error("no daemon runs");
  return pid;
}
