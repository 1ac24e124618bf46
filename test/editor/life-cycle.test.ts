import { globSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../helpers/free-port.ts";
import { projectNode, root } from "./harness/places.ts";
import { pidOf, processesOf } from "./harness/processes.ts";
import { run } from "./harness/run.ts";
import { environment, updateExtension } from "./harness/server.ts";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { startDebians } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let workbench: Workbench;
/** A window of two folders that have the same name. */
let workspace: string;
let folders: readonly { readonly path: string }[];

beforeAll(async () => {
  session = await startSession({ settings: SETTINGS });
  return session.end;
});

beforeAll(async () => {
  const parent = session.workspace({
    "one/api/supervisord.conf": `[supervisord]\n[program:first]\ncommand=sleep 1001\n${TICKING}`,
    "two/api/supervisord.conf": "[supervisord]\n[program:second]\ncommand=sleep 1002\n",
  });
  workspace = join(parent, "both.code-workspace");
  folders = [{ path: "one/api" }, { path: "two/api" }];
  writeFileSync(workspace, JSON.stringify({ folders }));
  workbench = await session.open(workspace);
  await workbench.openView();
});

pictureFailures(() => session);

test("each folder of a window has its daemon, also where two have one name", async () => {
  await workbench.row("first, running, pid ").waitFor({ timeout: 60_000 });
  await workbench.row("second, running, pid ").waitFor({ timeout: 30_000 });
  expect(daemonPids()).toHaveLength(2);
  await workbench.screenshot("two-folders-light");
});

test("a command asks for the folder where several are meant, and only there", async () => {
  await workbench.runCommand("supervisord.openConfiguration");
  const list = workbench.page.locator(".quick-input-list .monaco-list-row");
  await vi.waitFor(async () => expect(await list.count()).toBe(2), WAIT);
  await workbench.page.keyboard.press("Escape");
  await workbench.runCommand("supervisord.stopProgram");
  await workbench.pick("second");
  await workbench.row("second, stopped").waitFor();
  await workbench.runCommand("supervisord.startProgram");
  await workbench.pick("second");
  await workbench.row("second, running, pid ").waitFor();
});

test("the programs of a folder that leaves the window run on, and are there when it comes back", async () => {
  const before = programPids();
  const host = extensionHost();
  // Without its first folder a window would get another extension host.
  writeFileSync(workspace, JSON.stringify({ folders: folders.slice(0, 1) }));
  await workbench.row("second, ").waitFor({ state: "detached", timeout: 60_000 });
  await workbench.row("first, running, ").waitFor();
  writeFileSync(workspace, JSON.stringify({ folders }));
  await workbench.row(`second, running, pid ${before[1]}`).waitFor({ timeout: 60_000 });
  expect(programPids()).toEqual(before);
  expect(extensionHost()).toBe(host);
});

test("when the extension host is killed the programs run on, and the next one shows them", async () => {
  const before = programPids();
  const host = extensionHost();
  process.kill(host, "SIGKILL");
  await vi.waitFor(() => expect(extensionHost()).not.toBe(host), WAIT);
  await workbench.row(`first, running, pid ${before[0]}`).waitFor({ timeout: 60_000 });
  await workbench.pressInline(workbench.row("first, running"), "Restart");
  // While it is stopped it has no pid.
  await vi.waitFor(() => expect([undefined, before[0]]).not.toContain(programPids()[0]), WAIT);
  expect(programPids()[1]).toBe(before[1]);
});

test("after an update of the extension its daemons take over with the next reload, and no program notices", async () => {
  const before = { programs: programPids(), daemons: daemonPids(), ticks: ticks().length };
  const version = await updateExtension(session.folder);
  await workbench.reload();
  await workbench.row(`first, running, pid ${before.programs[0]}`).waitFor({ timeout: 60_000 });
  await vi.waitFor(() => {
    expect(daemonPids(`-${version}/`)).toHaveLength(2);
    expect(daemonPids()).toHaveLength(2);
  }, WAIT);
  await workbench.row(`first, running, pid ${before.programs[0]}`).waitFor();
  await workbench.row(`second, running, pid ${before.programs[1]}`).waitFor();
  const taken = ticks().length;
  // A row that is drawn anew takes no click.
  await vi.waitFor(async () => {
    await workbench.row("ticking, running").click();
    await vi.waitFor(async () => expect(await workbench.outputText()).toMatch(TICK), { timeout: 5000 });
  }, WAIT);
  // What the new daemon has read is shown after what the old one had. A line is on the screen for half a second: any later one will do.
  await vi.waitFor(async () => {
    const shown = Array.from((await workbench.outputText()).matchAll(TICKS), ([, tick]) => Number(tick));
    expect(Math.max(...shown)).toBeGreaterThanOrEqual(taken + 20);
  }, WAIT);
  expect(programPids()).toEqual(before.programs);
  expect(taken).toBeGreaterThan(before.ticks);
  // One that was started twice, or whose output was lost meanwhile, would not count like this.
  const counted = ticks();
  expect(counted).toEqual(counted.map((_, index) => `tick ${index + 1}`));
});

test("an extension host whose window was closed has let go of everything within two seconds", async () => {
  const before = programPids();
  const host = extensionHost();
  await workbench.close();
  await vi.waitFor(() => expect(pidOf(session.folder, "--type=extensionHost")).toBeUndefined(), WAIT);
  const log = await vi.waitFor(() => hostLog(host), WAIT);
  const ended = instantOf(log, "exiting with code 0");
  expect(ended - instantOf(log, "Extension host terminating")).toBeLessThan(2000);
  expect(programPids()).toEqual(before);
});

test("a daemon of ours is never asked again, a real one only while somebody looks", async () => {
  const ours = await counted("ours", (path) =>
    run(
      projectNode,
      [join(root, "dist/daemon/supervisord.cjs"), "-c", join(path, "supervisord.conf")],
      environment(session.folder),
    ),
  );
  const theirs = await counted("theirs", startDebians);
  session.changeSettings({ "supervisord.servers": [ours, theirs].map(({ name, url }) => ({ name, url })) });
  workbench = await session.open(session.workspace({ "notes.txt": "" }));
  await workbench.openView();
  await workbench.row("ours-program, running").waitFor({ timeout: 60_000 });
  await workbench.row("theirs-program, running").waitFor();
  const shown = await requestsWithin(10_000, ours, theirs);
  expect(shown[0]).toBe(0);
  expect(shown[1]).toBeGreaterThan(3);
  await workbench.page.getByRole("tab", { name: "Explorer" }).first().click();
  await workbench.page.locator(".explorer-folders-view").waitFor();
  await vi.waitFor(async () => expect(await requestsWithin(3000, ours, theirs)).toEqual([0, 0]), WAIT);
  expect(await requestsWithin(6000, ours, theirs)).toEqual([0, 0]);
});

const SETTINGS = { "supervisord.startOnOpen": "always" };
/** Counts, twenty times a second. */
const TICKING = `[program:ticking]
command=sh -c 'n=0; while :; do n=$((n+1)); echo tick $n; sleep 0.05; done'
stdout_logfile=%(here)s/ticking.log
stdout_logfile_maxbytes=0
`;

const TICK = /^tick \d+$/m;
const TICKS = /^tick (\d+)$/gm;

const WAIT = { timeout: 30_000, interval: 50 };

type Counted = { readonly name: string; readonly url: string; readonly requests: () => number };

/** A supervisor with one program, behind an address that counts the requests to it. */
async function counted(name: string, start: (folder: string) => Promise<unknown>): Promise<Counted> {
  const folder = session.workspace({
    "supervisord.conf": [
      "[supervisord]\nlogfile=%(here)s/supervisord.log\npidfile=%(here)s/supervisord.pid\nchildlogdir=%(here)s",
      "[unix_http_server]\nfile=%(here)s/s.sock",
      "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
      "[supervisorctl]\nserverurl=unix://%(here)s/s.sock",
      `[program:${name}-program]\ncommand=sleep 1003`,
    ].join("\n"),
  });
  await start(folder);
  const port = await freePort();
  const proxy = countingProxy(join(folder, "s.sock"));
  proxy.server.listen(port, "127.0.0.1");
  onTestFinished(() => {
    proxy.server.closeAllConnections();
    proxy.server.close();
  });
  return { name, url: `http://127.0.0.1:${port}`, requests: proxy.requests };
}

function countingProxy(socketPath: string): { readonly server: Server; readonly requests: () => number } {
  let requests = 0;
  const server = createServer((incoming, answer) => {
    requests++;
    const { method, url: path, headers } = incoming;
    const outgoing = request({ socketPath, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    outgoing.on("error", () => answer.destroy());
    answer.on("close", () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  return { server, requests: () => requests };
}

/** How many requests came to each within this time. */
async function requestsWithin(lengthMs: number, ...all: readonly Counted[]): Promise<number[]> {
  const before = all.map(({ requests }) => requests());
  await new Promise((resolve) => setTimeout(resolve, lengthMs));
  return all.map(({ requests }, index) => requests() - (before[index] ?? 0));
}

function programPids(): readonly (number | undefined)[] {
  return ["sleep 1001", "sleep 1002"].map((command) => pidOf(session.folder, command));
}

function daemonPids(words = ""): readonly number[] {
  const daemons = processesOf(session.folder).filter(({ command }) => command.includes("supervisord.cjs -c"));
  return daemons.filter(({ command }) => command.includes(words)).map(({ pid }) => pid);
}

/** The whole lines that `ticking` has in its log. */
function ticks(): readonly string[] {
  const [log = ""] = globSync(join(session.folder, "w/**/ticking.log"));
  return readFileSync(log, "utf8").split("\n").slice(0, -1);
}

function extensionHost(): number {
  const pid = pidOf(session.folder, "--type=extensionHost");
  if (pid === undefined) throw new Error("no extension host runs");
  return pid;
}

/** What an extension host that has ended logged. */
function hostLog(pid: number): string {
  const logs = globSync(join(session.folder, "data/data/logs/**/remoteexthost.log"));
  const texts = logs.map((file) => readFileSync(file, "utf8"));
  const text = texts.find((log) => log.includes(`Extension host with pid ${pid} exiting`));
  if (text === undefined) throw new Error(`the extension host ${pid} has not logged its end`);
  return text;
}

/** When the line with these words was logged, in ms. */
function instantOf(log: string, words: string): number {
  const line = log.split("\n").find((candidate) => candidate.includes(words)) ?? "";
  return Date.parse(line.slice(0, "2026-01-01 00:00:00.000".length));
}
