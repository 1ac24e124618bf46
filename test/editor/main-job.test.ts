import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { processesOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import type { Workbench } from "./harness/workbench.ts";

const PROGRAMS = ["web", "files", "worker", "flaky", "producer", "consumer"];

let session: Session;
let demo: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: { "supervisord.startOnOpen": "always" } });
  return session.end;
});

beforeAll(async () => {
  demo = await session.demo();
  workbench = await session.open(demo);
  await workbench.openView();
});

pictureFailures(() => session);

test("every program of the demo comes up when its folder opens", async () => {
  for (const program of PROGRAMS)
    await workbench.row(`${program}, running, pid `).waitFor({ timeout: 30_000 });
  await workbench.row("queue, group").waitFor();
  await workbench.screenshot("demo-light");
});

test("the inline button of a row stops its program", async () => {
  await workbench.pressInline(workbench.row("worker, running"), "Stop");
  await workbench.row("worker, stopped").waitFor();
  expect(programPids()).not.toHaveProperty("sh worker.sh");
});

test("the palette starts it again", async () => {
  await workbench.runCommand("supervisord.startProgram");
  await workbench.pick("worker");
  await workbench.row("worker, running, pid ").waitFor();
  expect(programPids()).toHaveProperty("sh worker.sh");
});

test("choosing a row shows the log of its program, live and without escape codes", async () => {
  await workbench.row("worker, running").click();
  const first = await vi.waitFor(lastJob, WAIT);
  await vi.waitFor(async () => expect(await lastJob()).toBeGreaterThan(first), WAIT);
  expect(await workbench.outputText()).not.toContain("\u001b");
  await workbench.screenshot("log-light");
});

test("a second window on the folder shows and steers the same programs", async () => {
  const second = await session.open(demo);
  await second.openView();
  await second.pressInline(second.row("worker, running"), "Stop");
  await workbench.row("worker, stopped").waitFor();
  await second.pressInline(second.row("worker, stopped"), "Start");
  await workbench.row("worker, running, pid ").waitFor();
  await second.close();
});

test("a program added to the file starts once its command is agreed to, and no other pid changes", async () => {
  const before = programPids();
  appendFileSync(join(demo, "supervisord.conf"), "\n[program:extra]\ncommand=sleep 1000\n");
  await workbench.runCommand("supervisord.reload");
  await workbench.dialog().getByText("extra: sleep 1000").waitFor();
  await workbench.answer("Reload");
  await workbench.row("extra, running, pid ").waitFor();
  expect(programPids()).toEqual(before);
});

test("text that Supervisor would cut off is underlined and in the Problems panel", async () => {
  await workbench.openFile("supervisord.conf");
  await workbench.page.keyboard.press("Control+End");
  await workbench.page.keyboard.type("\n[program:two]\ncommand=bash -c 'a ; b'\n");
  await workbench.page
    .locator(".editor-instance .squiggly-warning, .editor-instance .squiggly-error")
    .first()
    .waitFor();
  await (await workbench.problem('Everything from " ;" is a comment')).waitFor();
  await workbench.screenshot("problem-light");
});

test("reloading the window changes no pid, and the log that was open is open again", async () => {
  const before = programPids();
  await workbench.row("worker, running").click();
  const done = await vi.waitFor(lastJob, WAIT);
  await workbench.reload();
  await workbench.row(`web, running, pid ${before["node --watch site.mjs"]},`).waitFor({ timeout: 60_000 });
  expect(programPids()).toEqual(before);
  // Nobody chooses it: it is the channel that was shown.
  await workbench.runCommand("workbench.action.output.toggleOutput");
  await vi.waitFor(async () => expect(await lastJob()).toBeGreaterThan(done), WAIT);
});

test("the view holds in a dark theme", async () => {
  session.changeSettings({ "workbench.colorTheme": "Dark 2026" });
  await workbench.reload();
  await workbench.page.locator(".monaco-workbench.vs-dark").waitFor();
  await workbench.row("worker, running").click();
  await vi.waitFor(lastJob, WAIT);
  await workbench.screenshot("log-dark");
});

test("the programs live on when the window is closed", async () => {
  const before = programPids();
  await workbench.close();
  workbench = await session.open(demo);
  await workbench.openView();
  await workbench.row(`web, running, pid ${before["node --watch site.mjs"]},`).waitFor({ timeout: 60_000 });
  expect(programPids()).toEqual(before);
});

const WAIT = { timeout: 20_000, interval: 50 };

/** The number of the last job that the output panel says the worker did. */
async function lastJob(): Promise<number> {
  const number = [...(await workbench.outputText()).matchAll(/^\d\d:\d\d:\d\d job (\d+) done$/gm)].at(
    -1,
  )?.[1];
  if (number === undefined) throw new Error("no job is done yet");
  return Number(number);
}

/** Pids of the daemon and the steady programs by command line; the one that crashes by itself is left out. */
function programPids(): Readonly<Record<string, number>> {
  const names = [
    "supervisord.cjs",
    "--watch site.mjs",
    "http.server",
    "worker.sh",
    "producer.py",
    "consumer.py",
  ];
  const steady = processesOf(demo)
    .filter(({ command }) => names.some((name) => command.includes(name)))
    // What only reads the configuration is gone in a moment.
    .filter(({ command }) => !command.endsWith("--plan"));
  return Object.fromEntries(steady.map(({ pid, command }) => [command, pid]));
}
