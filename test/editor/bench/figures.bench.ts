import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, inject, test } from "vitest";
import { followEvents } from "../../../daemon/client/event-stream.ts";
import { createRpcClient } from "../../../daemon/client/rpc.ts";
import { processesOf } from "../harness/processes.ts";
import { type Session, startSession } from "../harness/session.ts";
import { copyTwelve } from "../harness/twelve.ts";
import type { Workbench } from "../harness/workbench.ts";
import { percentile, report } from "./report.ts";
import { seenAt } from "./seen.ts";

const OUTPUT_LINES = '[id="workbench.panel.output"] .view-line';
const ROWS = ".part.sidebar .monaco-list-row";
const MIB = 1024 * 1024;
const ROUNDS = 200;

let session: Session;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: { "supervisord.startOnOpen": "always" } });
  return session.end;
});

beforeAll(async () => {
  workspace = session.workspace({});
  await copyTwelve(workspace);
  workbench = await openPrograms(workspace, "worker, running");
});

test("a change of state is on its row", async () => {
  const address = { kind: "unix", path: join(workspace, ".supervisord/s.sock") } as const;
  const rpc = createRpcClient(address);
  const delays: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const isStart = round % 2 === 0;
    const state = isStart ? "RUNNING" : "STOPPED";
    const words = isStart ? "flooding, running" : "flooding, stopped";
    // A row that changed just before is drawn later: rows of people seldom change four times a second.
    await wait(300);
    const seen = await seenAt(workbench.page, { selector: ROWS, words });
    const changed = changeTo(address, "flooding", state);
    await changed.ready;
    void (isStart ? rpc.startProcess("flooding") : rpc.stopProcess("flooding"));
    const at = await changed.at;
    delays.push((await seen()) - at);
  }
  report(`state change to row, p50 of ${ROUNDS}`, percentile(delays, 0.5), "ms", 100);
  report(`state change to row, p90 of ${ROUNDS}`, percentile(delays, 0.9), "ms", null);
  report(`state change to row, p99 of ${ROUNDS}`, percentile(delays, 0.99), "ms", 100);
});

test("the first line of a log is on the screen", async () => {
  for (const [name, line] of [
    ["worker", "job"],
    ["web", "http://127.0.0.1"],
  ] as const) {
    const row = workbench.row(`${name}, running`);
    const seen = await seenAt(workbench.page, { selector: OUTPUT_LINES, words: line });
    const from = Date.now();
    await row.click();
    const which = name === "worker" ? "first log of the window" : "another log";
    report(`click to first log line, ${which}`, (await seen()) - from, "ms", 500);
  }
});

test("a flood of 100,000 lines ends on the screen", async () => {
  const rpc = createRpcClient({ kind: "unix", path: join(workspace, ".supervisord/s.sock") });
  await rpc.clearProcessLogs("flooding");
  await workbench.row("flooding, stopped").click();
  await wait(1000);
  const seen = await seenAt(workbench.page, { selector: OUTPUT_LINES, words: "flood 100000" });
  const from = Date.now();
  await rpc.startProcess("flooding");
  report("100,000 lines, start of the program to the last on screen", (await seen()) - from, "ms", 3500);
});

test("the extension is activated", async () => {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    await workbench.reload();
    await workbench.row("worker, running").waitFor({ timeout: 60_000 });
    await workbench.runCommand("workbench.action.showRuntimeExtensions");
    const row = workbench.page.locator(".runtime-extensions-editor .monaco-list-row", {
      hasText: "Supervisord",
    });
    const text = (await row.first().textContent()) ?? "";
    times.push(Number(/Activation: (\d+)ms/.exec(text)?.[1]));
    await workbench.runCommand("workbench.action.closeAllEditors");
  }
  report("activation, own time, median of 5", percentile(times, 0.5), "ms", 50);
  report("activation, own time, best of 5", Math.min(...times), "ms", null);
  await workbench.close();
});

test("a hundred programs are held in memory", async () => {
  const idle = await hostMemory(await openEmpty());
  const sections = Array.from({ length: 100 }, (_, index) => `[program:p${index}]\ncommand=sleep 100000\n`);
  const many = session.workspace({ "supervisord.conf": AROUND + sections.join("\n") });
  workbench = await openPrograms(many, "p0, running");
  await wait(5000);
  const full = await hostMemory(workbench);
  report("extension host with 100 programs", full / MIB, "MiB", null);
  report("more than without a configuration", (full - idle) / MIB, "MiB", 30);
});

test("the package is small", () => {
  report("VSIX", statSync(inject("vsix")).size / MIB, "MiB", 1);
  const extensions = join(session.folder, "extensions");
  const installed = readdirSync(extensions).find((name) => name.startsWith("vscode-supervisord."));
  const entries = readdirSync(join(extensions, installed ?? ""), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== ".vsixmanifest");
  report("VSIX, files", files.length, "files", 60);
});

const AROUND = `[supervisord]
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

async function openPrograms(path: string, row: string): Promise<Workbench> {
  const opened = await session.open(path);
  await opened.openView();
  await opened.row(row).waitFor({ timeout: 120_000 });
  return opened;
}

async function openEmpty(): Promise<Workbench> {
  const opened = await session.open(session.workspace({ "a.txt": "" }));
  await opened.openFile("a.txt");
  await wait(5000);
  return opened;
}

/** Resident memory of the one extension host, whose page is closed then. */
async function hostMemory(page: Workbench): Promise<number> {
  const hosts = processesOf(session.folder).filter(({ command }) => command.includes("--type=extensionHost"));
  const pid = Math.max(...hosts.map((host) => host.pid));
  expect(hosts.length).toBeGreaterThan(0);
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  await page.close();
  return Number(kib) * 1024;
}

/** When a daemon tells that a process is in a state from here on; `ready` once it would be heard. */
function changeTo(address: Parameters<typeof followEvents>[0], name: string, state: string) {
  const ready = Promise.withResolvers<void>();
  const at = Promise.withResolvers<number>();
  let isReady = false;
  const stream = followEvents(
    address,
    {},
    {
      onEvent: (event) => {
        if (!isReady) {
          isReady = true;
          ready.resolve();
        } else if (event.type === "process" && event.process.name === name && event.process.state === state) {
          at.resolve(performance.timeOrigin + performance.now());
          stream.close();
        }
      },
      onStatus: () => {},
    },
  );
  return { ready: ready.promise, at: at.promise };
}
