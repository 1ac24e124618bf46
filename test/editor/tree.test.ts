import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../helpers/free-port.ts";
import { processesOf } from "./harness/processes.ts";
import { run } from "./harness/run.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { copyTwelve } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";

/** Cannot start however long that takes. */
const GHOST = "\n[program:ghost]\ncommand=/no/such/program\nautostart=false\n";

const SETTINGS = { "supervisord.startOnOpen": "always" };

let session: Session;
let path: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: SETTINGS });
  return session.end;
});

beforeAll(async () => {
  path = session.workspace({});
  await copyTwelve(path);
  appendFileSync(join(path, "supervisord.conf"), GHOST);
  workbench = await session.open(path);
  await workbench.openView();
  await workbench.row("crashing, failed, exit code 3").waitFor({ timeout: 60_000 });
});

pictureFailures(() => session);

test("each state is told in words, and a program with many processes is one row with their number", async () => {
  for (const words of [
    "web, running, pid ",
    "once, exited, exit code 0",
    "idle, stopped",
    "queue, group, 2 of 2",
  ])
    await workbench.row(words).waitFor();
  await workbench.row("pool, 2 processes, 2 of 2 running").waitFor();
  expect(await descriptionOf(workbench.row("pool, 2 processes"))).toBe("×2 · 2 of 2 running");
  await workbench.screenshot("tree-light");
});

test("the badge counts what needs somebody", async () => {
  const badge = workbench.page.locator(".activitybar .badge-content", { hasText: /^1$/ });
  await badge.first().waitFor();
});

test("only what fails is shown when asked for, until all is asked for again", async () => {
  await workbench.runCommand("supervisord.showOnlyFailing");
  await workbench.row("web, running").waitFor({ state: "detached" });
  expect(await namesInOrder()).toEqual(["supervisord.conf", "crashing"]);
  await workbench.screenshot("tree-only-failing");
  await workbench.runCommand("supervisord.showAllPrograms");
  await workbench.row("web, running").waitFor();
});

test("a list has no groups, and names programs as commands take them", async () => {
  await workbench.runCommand("supervisord.showFlat");
  await workbench.row("queue, group").waitFor({ state: "detached" });
  const labels = workbench.page.locator(".part.sidebar .monaco-list-row .label-name");
  expect(await labels.allTextContents()).toContain("queue:producer");
  await workbench.runCommand("supervisord.showGrouped");
  await workbench.row("queue, group").waitFor();
});

test("a selection is stopped and started together", async () => {
  await select("producer, running", "consumer, running");
  await workbench.chooseFromMenu(workbench.row("consumer, running"), "Stop");
  await workbench.row("producer, stopped").waitFor();
  await workbench.row("consumer, stopped").waitFor();
  await select("producer, stopped", "consumer, stopped");
  await workbench.chooseFromMenu(workbench.row("consumer, stopped"), "Start");
  await workbench.row("producer, running").waitFor();
  await workbench.row("consumer, running").waitFor();
});

test("what fails of a selection is told in one message", async () => {
  await select("ghost, stopped", "idle, stopped");
  await workbench.chooseFromMenu(workbench.row("idle, stopped"), "Start");
  await workbench.row("idle, running").waitFor();
  const summary = workbench.notifications().filter({ hasText: "ghost cannot start" });
  await summary.first().waitFor();
  expect(await summary.count()).toBe(1);
  await workbench.row("idle, running").click();
  await workbench.pressInline(workbench.row("idle, running"), "Stop");
  await workbench.row("idle, stopped").waitFor();
});

test("a signal is chosen by name, and the details tell of what it did", async () => {
  const before = await pidOf("worker");
  await workbench.chooseFromMenu(workbench.row("worker, running"), "Send Signal…");
  await workbench.page.locator(".quick-input-list").getByText("Ends it at once").waitFor();
  await workbench.screenshot("signals");
  await workbench.pick("SIGKILL");
  await vi.waitFor(async () => expect(await pidOf("worker")).not.toBe(before), { timeout: 20_000 });
  await workbench.chooseFromMenu(workbench.row("worker, running"), "Show Details");
  const text = workbench.page.locator(".editor-instance .view-lines").first();
  await expect
    .poll(async () => plain(await text.textContent()))
    .toMatch(/worker: RUNNING.*ended by SIGKILL after/);
  await workbench.screenshot("details-light");
});

test("pointing at a program tells its command, folder, ports and last lines, with what can be done", async () => {
  const hover = await workbench.pointAt(workbench.row("crashing, failed"), "crashing.py");
  await expect
    .poll(() => hover.textContent())
    .toMatch(/Directory: .*\/app.*Last end: exit code 3.*Last lines:/s);
  await hover.getByText("Details", { exact: true }).waitFor();
  await workbench.screenshot("tooltip-light");
  const web = await workbench.pointAt(workbench.row("web, running"), "web.mjs");
  await expect.poll(() => web.textContent(), { timeout: 10_000 }).toMatch(/Ports: \d+/);
});

test("pointing at a program that has just started tells as much", async () => {
  await workbench.pressInline(workbench.row("idle, stopped"), "Start");
  const idle = workbench.row("idle, running");
  await idle.waitFor();
  expect(await descriptionOf(idle)).toMatch(/^RUNNING · pid \d+ · <1m$/);
  await workbench.row("supervisord.conf, 9 of 14 running").waitFor();
  await workbench.pointAt(idle, "sleep 100001", 1);
  await workbench.pressInline(idle, "Stop");
  await workbench.row("idle, stopped").waitFor();
});

test("a row leads to the header of its section, and the cursor in a section to its row", async () => {
  await workbench.chooseFromMenu(workbench.row("crashing, failed"), "Open Configuration");
  await workbench.page.locator(".part.statusbar", { hasText: "Ln 38, Col 1" }).waitFor();
  for (let line = 38; line < 70; line++) await workbench.page.keyboard.press("ArrowDown");
  await workbench.page.locator(".part.statusbar", { hasText: "Ln 70, Col 1" }).waitFor();
  await workbench.runCommand("supervisord.revealInView");
  await workbench.page
    .locator('.part.sidebar .monaco-list-row.selected[aria-label^="pool, 2 processes"]')
    .waitFor();
});

test("all programs are stopped only after a question", async () => {
  await workbench.runCommand("supervisord.stopAll");
  await workbench.dialog().getByText("Stop all programs (").waitFor();
  await workbench.screenshot("stop-all");
  await workbench.answer("Cancel");
  await workbench.row("web, running").waitFor();
});

test("a supervisord behind a password is added by its address, and steered like the own one", async () => {
  const remote = await startRemote();
  await workbench.runCommand("supervisord.addServer");
  await type(`http://127.0.0.1:${remote.port}`);
  await type("staging");
  await type("me");
  await type("secret");
  await workbench.row("far, running, pid ").waitFor({ timeout: 30_000 });
  await workbench.row("staging, 2 of 2 running").waitFor();
  expect(await workbench.notifications().filter({ hasText: "password is wrong" }).count()).toBe(0);
  await workbench.pressInline(workbench.row("far, running"), "Stop");
  await workbench.row("far, stopped").waitFor();
  // While the row of a server is drawn anew, VS Code does not know those below it: a button asks for a program then.
  await workbench.row("staging, 1 of 2 running").waitFor();
  await workbench.pressInline(workbench.row("far, stopped"), "Start");
  await workbench.row("far, running").waitFor();
  await workbench.pointAt(workbench.row("far, running"), "sleep 100005");
  await workbench.screenshot("servers-light");
  const settings = await run("cat", [join(session.folder, "data/data/User/settings.json")]);
  expect(settings).toContain(`http://127.0.0.1:${remote.port}`);
  expect(settings).not.toContain("secret");
});

test("a supervisord that ends is told of, and shown again by itself when it is back", async () => {
  const [remote] = remotes;
  if (remote === undefined) throw new Error("no supervisord was added");
  await remote.end();
  await workbench.row("staging, not running").waitFor({ timeout: 30_000 });
  await remote.start();
  await workbench.row("far, running, pid ").waitFor({ timeout: 60_000 });
});

test("rows say what the settings want, and the view holds in a dark theme", async () => {
  const wanted = ["state", "uptime", "cpu", "memory", "restarts", "ports"];
  session.changeSettings({
    "workbench.colorTheme": "Dark 2026",
    "supervisord.view.description": wanted,
    "supervisord.view.sortBy": "state",
    "supervisord.servers": remotes.map(({ port }) => ({ name: "staging", url: `http://127.0.0.1:${port}` })),
  });
  await workbench.reload();
  await workbench.page.locator(".monaco-workbench.vs-dark").waitFor();
  const web = workbench.row("web, running");
  await web.waitFor({ timeout: 60_000 });
  await expect
    .poll(() => descriptionOf(web), { timeout: 20_000 })
    .toMatch(/RUNNING · .* · \d+% CPU · \d+ MB · :\d+/);
  const names = await namesInOrder();
  expect(names.indexOf("crashing")).toBeLessThan(names.indexOf("web"));
  await workbench.screenshot("tree-dark");
});

test("a server that asks for a password is signed in to from its row", async () => {
  // The editor of the tests keeps secrets only as long as its page is open.
  await workbench.row("staging, cannot connect").waitFor();
  await workbench.chooseFromMenu(workbench.row("staging, cannot connect"), "Sign In to Supervisord…");
  await type("me");
  await type("secret");
  await workbench.row("far, running").waitFor();
});

test("a server is removed with its password, and its programs run on", async () => {
  await workbench.row("staging, ").waitFor();
  await workbench.chooseFromMenu(workbench.row("staging, "), "Remove Server…");
  await workbench.row("staging, ").waitFor({ state: "detached" });
  expect(processesOf(session.folder).some(({ command }) => command === "sleep 100005")).toBe(true);
});

test("a view without rows says why: no programs yet, or none that fails", async () => {
  await workbench.close();
  const empty = session.workspace({ "supervisord.conf": OWN_FILES });
  workbench = await session.open(empty);
  await workbench.openView();
  await workbench.welcome().getByText("its configuration has no programs").waitFor({ timeout: 60_000 });
  await workbench.screenshot("no-programs");
  appendFileSync(join(empty, "supervisord.conf"), "\n[program:good]\ncommand=sleep 100007\n");
  await workbench.runCommand("supervisord.reload");
  await workbench.answer("Reload");
  await workbench.row("good, running").waitFor({ timeout: 30_000 });
  await workbench.runCommand("supervisord.showOnlyFailing");
  await workbench.welcome().getByText("No program fails.").waitFor();
  await workbench.screenshot("nothing-fails");
  await workbench.welcome().getByRole("button", { name: "Show All Programs" }).click();
  await workbench.row("good, running").waitFor();
});

const OWN_FILES = "[supervisord]\nlogfile=%(here)s/d.log\npidfile=%(here)s/d.pid\nchildlogdir=%(here)s\n";

type Remote = {
  readonly port: number;
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const remotes: Remote[] = [];

/** Debian's supervisord with two programs, to be reached by http and a password alone. */
async function startRemote(): Promise<Remote> {
  if (!existsSync("/usr/bin/supervisord"))
    throw new Error("Debian's supervisor is not here: apt-get install supervisor");
  const port = await freePort();
  const folder = session.workspace({ "supervisord.conf": remoteConfiguration(port) });
  const config = join(folder, "supervisord.conf");
  const remote: Remote = {
    port,
    start: async () => {
      await run("/usr/bin/supervisord", ["-c", config]);
    },
    end: async () => {
      await run("/usr/bin/supervisorctl", ["-c", config, "shutdown"]);
      await vi.waitFor(() => expect(processesOf(config)).toEqual([]), { timeout: 15_000 });
    },
  };
  await remote.start();
  remotes.push(remote);
  return remote;
}

function remoteConfiguration(port: number): string {
  const login = "username=me\npassword=secret";
  return [
    OWN_FILES,
    `[inet_http_server]\nport=127.0.0.1:${port}\n${login}`,
    "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    `[supervisorctl]\nserverurl=http://127.0.0.1:${port}\n${login}`,
    "[program:far]\ncommand=sleep 100005\ndirectory=%(here)s",
    "[program:away]\ncommand=sleep 100006\ndirectory=%(here)s",
  ].join("\n\n");
}

async function pidOf(program: string): Promise<string | undefined> {
  const [name] = (await workbench.rowNames()).filter((label) => label.startsWith(`${program}, running`));
  return /pid (\d+)/.exec(name ?? "")?.[1];
}

async function descriptionOf(row: Locator): Promise<string> {
  return plain(await row.locator(".label-description").textContent());
}

async function select(first: string, ...others: readonly string[]): Promise<void> {
  await workbench.row(first).click();
  for (const words of others) await workbench.row(words).click({ modifiers: ["Control"] });
}

/** The names of the rows from top to bottom. */
async function namesInOrder(): Promise<readonly (string | undefined)[]> {
  const rows = workbench.page.locator(".part.sidebar .monaco-list-row");
  const placed = await rows.evaluateAll((elements) =>
    elements.map((row) => ({ top: row.getBoundingClientRect().top, name: row.getAttribute("aria-label") })),
  );
  return placed.toSorted((one, other) => one.top - other.top).map(({ name }) => name?.split(",")[0]);
}

/** Fills the box of the open question. */
async function type(words: string): Promise<void> {
  const input = workbench.page.locator(".quick-input-widget input.input");
  await input.waitFor();
  await vi.waitFor(async () => expect(await input.inputValue()).not.toBe(typed), { timeout: 10_000 });
  await input.fill(words);
  typed = words;
  await workbench.page.keyboard.press("Enter");
}

/** What was typed last: the next question is there once the box holds something else. */
let typed = " ";

function plain(text: string | null): string {
  return (text ?? "").replaceAll("\u00a0", " ");
}
