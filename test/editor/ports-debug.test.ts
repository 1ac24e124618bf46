import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../helpers/free-port.ts";
import { root } from "./harness/places.ts";
import { pidOf } from "./harness/processes.ts";
import { run } from "./harness/run.ts";
import { installExtension, uninstallExtension } from "./harness/server.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { startDebians } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let workbench: Workbench;
let folder: string;
/** What `web` listens on, what `holder` and `late` both want, and what a stranger takes from `other`. */
let port: number;
let shared: number;
let taken: number;
/** Where `waiting` waits for the debugger of Python. */
let debugPort: number;

beforeAll(async () => {
  const settings = { "supervisord.startOnOpen": "always", "debug.openDebug": "neverOpen" };
  session = await startSession({ settings });
  return session.end;
});

beforeAll(async () => {
  [port, shared, taken, debugPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
  await installPythonDebugger();
  folder = session.workspace({
    "web.mjs": WEB,
    "twin.mjs": WEB,
    "mute.mjs": MUTE,
    "quiet.sh": "while :; do sleep 1; done\n",
    "beat.py": BEAT,
    "bare/pyvenv.cfg": "home = /usr/bin\ninclude-system-site-packages = false\n",
    "supervisord.conf": configuration(),
  });
  mkdirSync(join(folder, "bare/bin"));
  symlinkSync("/usr/bin/python3", join(folder, "bare/bin/python"));
  workbench = await session.open(folder);
  await workbench.openView();
  await workbench.row("web, running, pid ").waitFor({ timeout: 60_000 });
});

pictureFailures(() => session);

test("the page that a program serves opens in the browser", async () => {
  const opened = workbench.page.context().waitForEvent("page");
  await choose("supervisord.openProgramInBrowser", "web");
  const page = await opened;
  // The editor in the browser forwards ports below its own address.
  await vi.waitFor(() => expect(page.url()).toContain(`/proxy/${port}/`), WAIT);
  await page.close();
});

test("a program that serves none says so", async () => {
  await choose("supervisord.openProgramInBrowser", "quiet");
  await workbench.notifications().getByText("quiet listens on no port at present.").waitFor();
});

test("a program whose port another one holds says which, and that one is stopped once it is agreed to", async () => {
  await startProgram("holder");
  await workbench.row("holder, running").waitFor();
  await startProgram("late");
  const notice = notices()
    .filter({ hasText: `Port ${shared}, which late wants, is held by holder` })
    .first();
  await notice.waitFor(WAIT);
  await workbench.screenshot("port-taken-light");
  await notice.getByRole("button", { name: `Free Port ${shared}` }).click();
  await workbench.dialog().getByText(`Port ${shared}, which late wants, is held by holder`).waitFor();
  await workbench.screenshot("port-taken-question-light");
  await workbench.answer("Stop holder");
  await workbench.row("holder, stopped").waitFor();
  await notices().getByRole("button", { name: "Start late" }).click();
  await workbench.row("late, running").waitFor();
  await workbench.row("web, running").waitFor();
});

test("a stranger on the configured port of a program that says nothing is named, and only it is stopped", async () => {
  const script = `require("http").createServer().listen(${taken}, "127.0.0.1", () => console.log("up"))`;
  const stranger = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(stranger.stdout, "data");
    await startProgram("other");
    await workbench.row("other, failed").waitFor(WAIT);
    await choose("supervisord.freePortOfProgram", "other");
    await workbench.dialog().getByText(`(pid ${stranger.pid})`).waitFor(WAIT);
    const ended = once(stranger, "exit");
    await workbench.answer(`Stop Process ${stranger.pid}`);
    expect(await ended).toEqual([null, "SIGTERM"]);
    await notices().getByText(`Port ${taken} is free now.`).waitFor();
  } finally {
    stranger.kill("SIGKILL");
  }
});

test("the menu of a row offers its page and the debugger", async () => {
  await workbench.row("web, running").click({ button: "right" });
  for (const entry of ["Open in Browser", "Attach Debugger", "Restart Under Debugger"])
    await workbench.page.locator(".monaco-menu .action-label", { hasText: entry }).first().waitFor();
  await workbench.screenshot("menu-light");
  await workbench.page.keyboard.press("Escape");
});

test("a debugger that is attached to a running program stops at a breakpoint", async () => {
  await workbench.openFile("web.mjs");
  await workbench.page.locator(".view-line", { hasText: "beats += 1" }).first().click();
  const breakpoint = workbench.page.locator(
    ".codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified",
  );
  if ((await breakpoint.count()) === 0) await workbench.page.keyboard.press("F9");
  await breakpoint.first().waitFor();
  await choose("supervisord.attachProgramDebugger", "web");
  await stopsAtBreakpoint();
  await workbench.screenshot("debug-attached");
});

test("the debugger comes back when the program is restarted", async () => {
  const before = webPid();
  await choose("supervisord.restartProgram", "web");
  await vi.waitFor(() => expect([undefined, before]).not.toContain(webPid()), WAIT);
  await stopsAtBreakpoint();
});

test("a program that is restarted under the debugger waits at a free port, and for one run only", async () => {
  await choose("supervisord.restartProgramUnderDebugger", "web");
  await vi.waitFor(() => expect(nodeOptions()).toBe("--no-warnings --inspect=127.0.0.1:0"), WAIT);
  await stopsAtBreakpoint();
  await workbench.runCommand("workbench.action.debug.disconnect");
  await toolbar().waitFor({ state: "hidden" });
  await choose("supervisord.restartProgram", "web");
  await vi.waitFor(() => expect(nodeOptions()).toBe("--no-warnings"), WAIT);
  await workbench.row(`web, running, pid ${webPid()}`).waitFor();
  expect(await toolbar().isVisible()).toBe(false);
});

test("a Python program that waits for a debugger stops at a breakpoint, and again when it is restarted", async () => {
  await workbench.openFile("beat.py");
  await workbench.page.locator(".view-line", { hasText: "beats += 1" }).first().click();
  await workbench.page.keyboard.press("F9");
  await startProgram("waiting");
  await workbench.row("waiting, running").waitFor();
  await choose("supervisord.attachProgramDebugger", "waiting");
  await stopsInPython("beat.py waiting");
  await workbench.screenshot("debug-python");
  const before = pidOf(folder, "beat.py waiting");
  await choose("supervisord.restartProgram", "waiting");
  await toolbar().waitFor({ state: "hidden" });
  await stopsInPython("beat.py waiting");
  expect(pidOf(folder, "beat.py waiting")).not.toBe(before);
  await choose("supervisord.stopProgram", "waiting");
  await toolbar().waitFor({ state: "hidden" });
});

test("a Python program that is restarted under the debugger waits at a free port, and for one run only", async () => {
  await choose("supervisord.restartProgramUnderDebugger", "plain");
  await stopsInPython("beat.py plain");
  expect(variableOf(pidOf(folder, "beat.py plain"), "PYTHONPATH")).toMatch(/^\/.*supervisord-debug-/);
  await workbench.runCommand("workbench.action.debug.disconnect");
  await toolbar().waitFor({ state: "hidden" });
  const before = pidOf(folder, "beat.py plain");
  await choose("supervisord.restartProgram", "plain");
  await vi.waitFor(() => expect([undefined, before]).not.toContain(pidOf(folder, "beat.py plain")), WAIT);
  expect(variableOf(pidOf(folder, "beat.py plain"), "PYTHONPATH")).toBeUndefined();
  await choose("supervisord.stopProgram", "plain");
});

test("a Python program whose interpreter has no debugpy runs on, and what to install is told", async () => {
  await choose("supervisord.restartProgramUnderDebugger", "bare");
  const words = `its Python has no debugpy. Install it with: ${folder}/bare/bin/python -m pip install debugpy`;
  await workbench.notifications().getByText(words).waitFor(WAIT);
  await workbench.row("bare, running").waitFor();
  await choose("supervisord.stopProgram", "bare");
});

test("what is neither Node nor Python is not debugged, with a sentence", async () => {
  await choose("supervisord.attachProgramDebugger", "quiet");
  await workbench.notifications().getByText("quiet runs neither Node nor Python at present.").waitFor();
});

test("with Debian's supervisord pages open and debuggers attach, but nothing restarts under one", async () => {
  await workbench.close();
  session.changeSettings({ "workbench.colorTheme": "Dark 2026" });
  const [one, two, three] = [await freePort(), await freePort(), await freePort()];
  folder = session.workspace({
    "web.mjs": `${WEB}createServer((_, response) => response.end("2")).listen(${two}, "127.0.0.1");\n`,
    "mute.mjs": MUTE,
    // The shell ends with its signal, and what it started runs on.
    "orphan.sh": "node mute.mjs $PORT & wait\n",
    "wait.py": "import time\nwhile True: time.sleep(1)\n",
    "supervisord.conf": debiansConfiguration(one, three),
  });
  await startDebians(folder);
  await uninstallExtension(session.folder, "ms-python.debugpy");
  workbench = await session.open(folder);
  await workbench.openView();
  await workbench.row("web, running, pid ").waitFor({ timeout: 60_000 });

  await choose("supervisord.openProgramInBrowser", "web");
  const opened = workbench.page.context().waitForEvent("page");
  await workbench.pick(`http://localhost:${one}/`);
  const page = await opened;
  await vi.waitFor(() => expect(page.url()).toContain(`/proxy/${one}/`), WAIT);
  await page.close();

  await choose("supervisord.restartProgramUnderDebugger", "web");
  await workbench.notifications().getByText("cannot start a program with another environment").waitFor();

  await choose("supervisord.attachProgramDebugger", "python");
  await workbench.notifications().getByText("needs the extension ms-python.debugpy").waitFor();

  await choose("supervisord.attachProgramDebugger", "web");
  await toolbar().waitFor(WAIT);
  await workbench.page.locator(".repl", { hasText: `beat of ${webPid()}` }).waitFor(WAIT);
  await workbench.screenshot("debug-attached-dark");
  const before = webPid();
  await choose("supervisord.restartProgram", "web");
  await vi.waitFor(() => expect([undefined, before]).not.toContain(webPid()), WAIT);
  await workbench.page.locator(".repl", { hasText: `beat of ${webPid()}` }).waitFor(WAIT);
  await workbench.runCommand("workbench.action.debug.disconnect");
  await toolbar().waitFor({ state: "hidden" });
});

test("what a run left behind on the port of the next is named, and stopped once it is agreed to", async () => {
  await startProgram("orphan");
  await workbench.row("orphan, running").waitFor();
  await vi.waitFor(() => expect(pidOf(folder, "node mute.mjs")).toBeDefined(), WAIT);
  const left = pidOf(folder, "node mute.mjs");
  await choose("supervisord.restartProgram", "orphan");
  const words = `(pid ${left}), which an earlier run of orphan left behind.`;
  await notices().filter({ hasText: words }).first().getByRole("button", { name: "Free Port" }).click();
  await workbench.dialog().getByText(words).waitFor();
  await workbench.answer(`Stop Process ${left}`);
  await notices().getByText("is free now.").waitFor();
  expect(pidOf(folder, "node mute.mjs")).toBeUndefined();
});

const WAIT = { timeout: 30_000, interval: 100 };

const WEB = `import { createServer } from "node:http";

let beats = 0;
function beat() {
  console.log("beat of %d", process.pid);
  beats += 1;
}
setInterval(beat, 100);
createServer((request, response) => response.end("hello")).listen(Number(process.env.PORT), "127.0.0.1");
`;

const BEAT = `import time
beats = 0
while True:
    beats += 1
    time.sleep(0.1)
`;

/** Is given up at once where it does not stay up. */
const ONCE = "autostart=false\nstartretries=0";

/** Ends without a word where it cannot listen. */
const MUTE = `import { createServer } from "node:http";
createServer().on("error", () => process.exit(1)).listen(Number(process.argv.at(-1)), "127.0.0.1");
`;

function configuration(): string {
  return [
    "[supervisord]\nlogfile=%(here)s/d.log\npidfile=%(here)s/d.pid\nchildlogdir=%(here)s",
    `[program:web]\ncommand=node web.mjs\ndirectory=%(here)s\nenvironment=PORT="${port}",NODE_OPTIONS="--no-warnings"`,
    `[program:holder]\ncommand=node twin.mjs\ndirectory=%(here)s\nenvironment=PORT="${shared}"\nautostart=false`,
    `[program:late]\ncommand=node twin.mjs\ndirectory=%(here)s\nenvironment=PORT="${shared}"\n${ONCE}`,
    `[program:other]\ncommand=node mute.mjs --port ${taken}\ndirectory=%(here)s\n${ONCE}`,
    "[program:quiet]\ncommand=sh quiet.sh\ndirectory=%(here)s",
    `[program:waiting]\ncommand=/usr/bin/python3 -m debugpy --listen 127.0.0.1:${debugPort} beat.py waiting\ndirectory=%(here)s\n${ONCE}`,
    `[program:plain]\ncommand=/usr/bin/python3 beat.py plain\ndirectory=%(here)s\n${ONCE}`,
    `[program:bare]\ncommand=%(here)s/bare/bin/python beat.py bare\ndirectory=%(here)s\n${ONCE}`,
  ].join("\n\n");
}

/** What people have from the marketplace, which tests cannot reach: it speaks to the same debugger. */
async function installPythonDebugger(): Promise<void> {
  const vsix = join(session.folder, "python.vsix");
  const extension = join(root, "test/fixtures/python-debugger/extension");
  await run("python3", ["-m", "zipfile", "-c", vsix, extension]);
  await installExtension(session.folder, vsix);
}

function debiansConfiguration(port: number, orphans: number): string {
  return [
    "[supervisord]\nlogfile=%(here)s/d.log\npidfile=%(here)s/d.pid\nchildlogdir=%(here)s",
    "[unix_http_server]\nfile=%(here)s/s.sock",
    "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    "[supervisorctl]\nserverurl=unix://%(here)s/s.sock",
    `[program:web]\ncommand=node web.mjs\ndirectory=%(here)s\nenvironment=PORT="${port}"`,
    `[program:orphan]\ncommand=sh orphan.sh\ndirectory=%(here)s\nenvironment=PORT="${orphans}"\n${ONCE}`,
    "[program:python]\ncommand=python3 wait.py\ndirectory=%(here)s",
  ].join("\n\n");
}

function webPid(): number | undefined {
  return pidOf(folder, "node web.mjs");
}

function nodeOptions(): string | undefined {
  return variableOf(webPid(), "NODE_OPTIONS");
}

/** The variable in the environment that a process was started with. */
function variableOf(pid: number | undefined, name: string): string | undefined {
  const pairs = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Runs a command and chooses from its list, again where the list closes because the focus moves. */
async function choose(command: string, words: string): Promise<void> {
  const row = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first();
  for (let attempt = 1; ; attempt++) {
    await workbench.runCommand(command);
    try {
      await row.click({ timeout: 5000 });
      return;
    } catch (error) {
      if (attempt === 4) throw new Error(`the list of ${command} has no ${words}`, { cause: error });
      await workbench.page.keyboard.press("Escape");
    }
  }
}

async function startProgram(name: string): Promise<void> {
  await choose("supervisord.startProgram", name);
}

const notices = () => workbench.page.locator(".notifications-toasts .notification-list-item");

const toolbar = () => workbench.page.locator(".debug-toolbar");

/** The program, as it runs now, is under the debugger and stands still. */
async function stopsAtBreakpoint(): Promise<void> {
  await toolbar().waitFor(WAIT);
  await workbench.page.locator(".repl", { hasText: `beat of ${webPid()}` }).waitFor(WAIT);
  await workbench.page.locator(".debug-top-stack-frame-line").first().waitFor(WAIT);
}

/** The Python program, as it runs now, is under the debugger and stands still: the debugger tells its pid. */
async function stopsInPython(command: string): Promise<void> {
  await toolbar().waitFor(WAIT);
  await workbench.page.locator(".debug-top-stack-frame-line").first().waitFor(WAIT);
  await workbench.runCommand("workbench.panel.repl.view.focus");
  await workbench.page.keyboard.type("'pid %d' % __import__('os').getpid()");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.locator(".repl", { hasText: `'pid ${pidOf(folder, command)}'` }).waitFor(WAIT);
}
