import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { pidOf } from "./harness/processes.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { copyTwelve, startDebians } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";

const RESTART = /── worker ended · pid \d+ · .* ──\n── worker started · pid \d+ · .* ──/;
const RESTART_IN_PLACE = new RegExp(`${RESTART.source}\\njob 1 done\\njob 2 done`);
const JOB = /^job \d+ done$/m;
const WAIT = { timeout: 20_000, interval: 50 };
const LONG_WAIT = { ...WAIT, timeout: 60_000 };

let session: Session;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: { "supervisord.startOnOpen": "always" } });
  return session.end;
});

pictureFailures(() => session);

describe.each(["the bundled daemon", "Debian's supervisord"])("with %s", (daemon) => {
  const isOurs = daemon === "the bundled daemon";
  const name = isOurs ? "ours" : "debian";

  beforeAll(async () => {
    workspace = session.workspace({});
    await copyTwelve(workspace);
    if (!isOurs) await startDebians(workspace);
    workbench = await session.open(workspace);
    workbench.page.setDefaultTimeout(15_000);
    await workbench.openView();
    await workbench.row("worker, running").waitFor({ timeout: 60_000 });
  });

  afterAll(() => workbench.close());

  test("choosing a row shows its log: what there was, then what comes, without colours", async () => {
    await showLog(workbench.row("worker, running"), JOB);
    await vi.waitFor(async () => {
      const seen = jobs(await workbench.outputText());
      expect(seen.length).toBeGreaterThan(4);
      expect(seen).toEqual(seen.map((_, index) => Number(seen[0]) + index));
    }, WAIT);
  });

  test("the log of a program that is down says how it ended", async () => {
    await showLog(workbench.row("crashing, failed"), /^cannot reach the database/m);
    await vi.waitFor(async () => {
      const text = await workbench.outputText();
      expect(text).toMatch(/^cannot reach the database/m);
      expect(text).toMatch(/── crashing (ended · exit code 3|failed · Exited too quickly)/m);
    }, WAIT);
  });

  test("a restart stands in the log, and nothing of it is missing or there twice", async () => {
    await showLog(workbench.row("worker, running"), JOB);
    await workbench.pressInline(workbench.row("worker, running"), "Restart");
    await vi.waitFor(async () => {
      const text = await workbench.outputText();
      // Of a supervisor that tells no changes a restart is known only when it is asked next.
      expect(text).toMatch(isOurs ? RESTART_IN_PLACE : RESTART);
    }, WAIT);
    await workbench.screenshot(`logs-restart-${name}`);
  });

  test("the output of all programs stands in one channel, each line with its program", async () => {
    await workbench.chooseFromMenu(workbench.row("supervisord.conf, "), "Show Output");
    await vi.waitFor(async () => {
      const text = await workbench.outputText();
      expect(text).toMatch(/^worker +\S job \d+ done$/m);
    }, WAIT);
    await workbench.screenshot(`logs-merged-${name}`);
  });

  test("in its log terminal a program has its colours, and gets what is typed", async () => {
    await workbench.runCommand("supervisord.openProgramLogTerminal");
    await workbench.pick("asking");
    await terminalShows("Your name?");
    await workbench.page.keyboard.type("Ada");
    await workbench.page.keyboard.press("Enter");
    await terminalShows("Hello, Ada.");
    await workbench.screenshot(`log-terminal-asking-${name}`);
    await workbench.runCommand("supervisord.openProgramLogTerminal");
    await workbench.pick("All programs");
    await terminalShows(/worker +\S job \d+ done/);
    await workbench.screenshot(`log-terminal-merged-${name}`);
  });

  test("a file that a log mentions, relative to directory=, opens at its line", async () => {
    // As one of the kinds that a new terminal can be.
    await workbench.runCommand("workbench.action.terminal.newWithProfile");
    await workbench.pick("Supervisord Log");
    await workbench.pick("web");
    await workbench.page.locator(".terminal-tabs-entry", { hasText: "web" }).click();
    await terminalShows("is served by web.mjs:4:1");
    await followLink("web.mjs:4:1");
    await workbench.page.locator(".tab", { hasText: "web.mjs" }).waitFor();
    await workbench.page.locator(".part.statusbar", { hasText: "Ln 4, Col 1" }).waitFor();
  });

  test("words are found in all logs, and the line that is picked is shown", async () => {
    await workbench.runCommand("supervisord.searchLogs");
    await workbench.page.locator(".quick-input-widget input.input").fill("database");
    await workbench.page.locator(".quick-input-list", { hasText: "crashing · stderr" }).waitFor();
    await workbench.screenshot(`log-search-${name}`);
    await workbench.pick("cannot reach the database");
    await workbench.page.locator(".tab", { hasText: "crashing · stderr.log" }).waitFor();
    await workbench.page
      .locator(".editor-instance .view-line", { hasText: "cannot reach the" })
      .first()
      .waitFor();
  });

  test("the log file of a program opens", async () => {
    await workbench.chooseFromMenu(workbench.row("once, "), "Open Log File");
    await workbench.pick("stdout");
    await workbench.page.locator(".tab", { hasText: "once-stdout" }).waitFor();
    await workbench.page.locator(".editor-instance .view-line", { hasText: "migrated" }).first().waitFor();
  });

  test("a log that is cleared is empty in the channel, too", async () => {
    await showLog(workbench.row("crashing, failed"), /^cannot reach/m);
    await workbench.chooseFromMenu(workbench.row("crashing, failed"), "Clear Log");
    await vi.waitFor(async () => {
      const text = await workbench.outputText();
      expect(text).toMatch(/^── cleared · /m);
      expect(text).not.toContain("cannot reach");
    }, WAIT);
  });
});

describe("with the bundled daemon in a dark window", () => {
  beforeAll(async () => {
    workspace = session.workspace({});
    await copyTwelve(workspace);
    const settings = { "supervisord.startOnOpen": "always", "workbench.colorTheme": "Dark 2026" };
    session.changeSettings(settings);
    workbench = await session.open(workspace);
    await workbench.openView();
    await workbench.row("worker, running").waitFor({ timeout: 60_000 });
  });

  afterAll(() => workbench.close());

  // Supervisor itself hands out no more than 64 KiB in a tenth of a second.
  test("of a flood of lines the last one is shown", async () => {
    await workbench.row("flooding, stopped").click();
    await workbench.pressInline(workbench.row("flooding, stopped"), "Start");
    await workbench.row("flooding, running").waitFor();
    const isLast = async () => expect(await workbench.outputText()).toMatch(/^flood 100000$/m);
    await vi.waitFor(isLast, LONG_WAIT);
  });

  test("a daemon that was killed leaves neither gap nor repeat in a log", async () => {
    await showLog(workbench.row("worker, running"), JOB);
    const before = await lastJob();
    const pid = pidOf(workspace, "supervisord.cjs");
    if (pid === undefined) throw new Error("no daemon runs");
    process.kill(pid, "SIGKILL");
    await vi.waitFor(async () => expect(await lastJob()).toBeGreaterThan(before + 6), WAIT);
    await vi.waitFor(async () => {
      const seen = jobs(await workbench.outputText());
      expect(seen.length).toBeGreaterThan(6);
      expect(seen).toEqual(seen.map((_, index) => Number(seen[0]) + index));
    }, WAIT);
    await workbench.screenshot("logs-dark");
    await workbench.chooseFromMenu(workbench.row("supervisord.conf, "), "Show Output");
    await vi.waitFor(async () => expect(await workbench.outputText()).toMatch(/^worker +\S job/m), WAIT);
    await workbench.screenshot("logs-merged-dark");
    await workbench.chooseFromMenu(workbench.row("supervisord.conf, "), "Open Log Terminal");
    await terminalShows(/worker +\S job \d+ done/);
    await workbench.screenshot("log-terminal-merged-dark");
  });
});

/** Chooses a row until its log is shown; while rows are drawn anew a click may be lost. */
async function showLog(row: Locator, text: RegExp): Promise<void> {
  await vi.waitFor(async () => {
    await row.click();
    const isShown = async () => expect(await workbench.outputText()).toMatch(text);
    await vi.waitFor(isShown, { timeout: 5000, interval: 10 });
  }, WAIT);
}

/** The numbers of the jobs that the open output channel says are done. */
function jobs(text: string): readonly number[] {
  return [...text.matchAll(/^job (\d+) done$/gm)].map(([, number]) => Number(number));
}

async function lastJob(): Promise<number> {
  const number = jobs(await workbench.outputText()).at(-1);
  if (number === undefined) throw new Error("no job is done yet");
  return number;
}

function terminalRows(): Locator {
  return workbench.page.locator(".terminal-wrapper.active .xterm-rows > div");
}

async function terminalShows(text: string | RegExp): Promise<void> {
  await terminalRows().filter({ hasText: text }).first().waitFor();
}

/** Presses a link of the open terminal as a person does. */
async function followLink(text: string): Promise<void> {
  const word = terminalRows().filter({ hasText: text }).last().locator("span", { hasText: text }).last();
  const box = await word.boundingBox();
  if (box === null) throw new Error(`${text} is not on the screen`);
  const shown = (await word.textContent()) ?? "";
  const at = (shown.indexOf(text) + 2) / shown.length;
  await workbench.page.mouse.move(box.x + box.width * at - 3, box.y + box.height / 2);
  await workbench.page.mouse.move(box.x + box.width * at, box.y + box.height / 2);
  await workbench.page.locator(".monaco-hover", { hasText: "ctrl + click" }).waitFor();
  await workbench.page.keyboard.down("Control");
  await workbench.page.mouse.click(box.x + box.width * at, box.y + box.height / 2);
  await workbench.page.keyboard.up("Control");
}
