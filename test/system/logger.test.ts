import { execFileSync } from "node:child_process";
import { closeSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeFifos, openForChild } from "../../daemon/io/fifo.ts";
import { Connection } from "../../daemon/logger/connection.ts";
import type { ChannelSettings, FromLogger, OpenChannel, ToLogger } from "../../daemon/logger/messages.ts";
import { crash, crashStage } from "../helpers/crash.ts";
import { faultsIn, isAlive, type TestDaemon, watch } from "../helpers/daemon.ts";
import { loggerOf } from "../helpers/logger.ts";
import { numberLines, wrongNumbers } from "../helpers/numbered.ts";

const PROGRAMS = 20;
/** 2.5 MB in a second each, 50 MB together. */
const LINES_PER_SECOND = 25_000;

describe("the logger", () => {
  test("that is killed is replaced: programs do not notice, and what they say waits", async () => {
    const lines = 3000;
    const { daemon, folder } = await start(numbering("numbers", lines, 1000, "%(here)s/done"));
    const log = join(folder, "numbers.log");
    for (const size of [20_000, 90_000, 160_000]) {
      await expect.poll(() => sizeOf(log), { timeout: 10_000 }).toBeGreaterThan(size);
      const before = await runningLogger(daemon);
      process.kill(before, "SIGKILL");
      await expect.poll(() => loggerOf(daemon.process.pid ?? 0)).not.toBe(before);
    }
    await watch(daemon.address).state("numbers", "EXITED");
    expect(wrongNumbers(log, lines)).toBeNull();
    expect(daemon.output().match(/WARN the logger has ended; another one goes on/g)).toHaveLength(3);
  });

  test("ends with the daemon", async () => {
    const { daemon, folder } = await start("");
    const logger = await runningLogger(daemon);
    await daemon.rpc.call("supervisor.shutdown", []);
    await daemon.ended;
    await expect.poll(() => isAlive(logger)).toBe(false);
    expect(readdirSync(folder).filter((name) => /\.sock/.test(name))).toEqual([]);
  });

  test("outlives a daemon that is killed in a flood of 20 programs, loses no byte, and ends after the last", async () => {
    const lines = 2 * LINES_PER_SECOND;
    const names = Array.from({ length: PROGRAMS }, (_, i) => `flood${i}`);
    const { daemon, folder } = await start(
      names.map((name) => numbering(name, lines, LINES_PER_SECOND, `%(here)s/${name}.done`)).join(""),
    );
    const log = (name: string) => join(folder, `${name}.log`);
    await expect.poll(() => names.every((name) => existsSync(log(name))), { timeout: 10_000 }).toBe(true);
    const logger = await runningLogger(daemon);
    await expect.poll(() => sizeOf(log("flood0")), { timeout: 10_000 }).toBeGreaterThan(500_000);
    await crash(daemon);
    expect(isAlive(logger)).toBe(true);
    await expect
      .poll(() => names.every((name) => existsSync(join(folder, `${name}.done`))), { timeout: 30_000 })
      .toBe(true);
    await expect.poll(() => isAlive(logger), { timeout: 10_000 }).toBe(false);
    expect(names.flatMap((name) => wrongNumbers(log(name), lines) ?? [])).toEqual([]);
  });

  test("that starts when a program has ended already logs what it said, and does not wait for more", async () => {
    const speak = "/bin/sh -c 'read line; echo \"$line\"; : > %(here)s/said; exec sleep 1000'";
    const { daemon, folder } = await start(
      `[program:last]\ncommand=${speak}\nautorestart=false\nstartsecs=0\nstdout_logfile=%(here)s/last.log\n`,
    );
    const stopped = await runningLogger(daemon);
    const { pid } = await watch(daemon.address).state("last", "RUNNING");
    process.kill(stopped, "SIGSTOP");
    await daemon.rpc.call("supervisor.sendProcessStdin", ["last", "words\n"]);
    await expect.poll(() => existsSync(join(folder, "said"))).toBe(true);
    process.kill(pid ?? 0, "SIGKILL");
    await expect.poll(() => isAlive(pid ?? 0)).toBe(false);
    process.kill(stopped, "SIGKILL");
    await expect.poll(() => textOf(join(folder, "last.log"))).toBe("words\n");
    const logger = await runningLogger(daemon);
    await crash(daemon);
    await expect.poll(() => isAlive(logger)).toBe(false);
  });

  test("is taken over by the next daemon, which tells clients of the output from there on", async () => {
    const stage = await start("[program:cat]\ncommand=/bin/cat\nstartsecs=0\n");
    const { daemon } = stage;
    await watch(daemon.address).state("cat", "RUNNING");
    const logger = await runningLogger(daemon);
    await crash(daemon);
    const next = await stage.start(["-e", "info"]);
    expect(isAlive(logger)).toBe(true);
    const events = watch(next.address, { logs: ["stdout"] });
    await events.state("cat", "RUNNING");
    await next.rpc.call("supervisor.sendProcessStdin", ["cat", "hello\n"]);
    expect((await events.next("log")).text).toBe("hello\n");
  });
});

test("a daemon that is suspended holds up no program, and its clients are told how much they missed", async () => {
  const lines = 200_000;
  const { daemon, folder } = await start(numbering("numbers", lines, 100_000, "%(here)s/done"));
  const events = watch(daemon.address, { logs: ["stdout"] });
  await events.state("numbers", "RUNNING");
  const logger = await runningLogger(daemon);
  daemon.process.kill("SIGSTOP");
  onTestFinished(() => {
    daemon.process.kill("SIGCONT");
  });
  await expect.poll(() => existsSync(join(folder, "done")), { timeout: 20_000 }).toBe(true);
  expect(residentMiB(logger)).toBeLessThan(150);
  daemon.process.kill("SIGCONT");
  const { offset } = await events.next("log");
  const told = () =>
    events.events.reduce((sum, event) => {
      if (event.type === "log") return sum + event.text.length;
      return event.type === "dropped" ? sum + event.bytes : sum;
    }, 0);
  await expect.poll(told, { timeout: 10_000 }).toBe(lines * 100 - offset);
  expect((await events.next("dropped")).bytes).toBeGreaterThan(1_000_000);
  expect(events.text("numbers").slice(-100)).toBe(`${String(lines).padEnd(99)}\n`);
});

test("a logger that runs out of descriptors says so, and reads on when there are some again", async () => {
  const { daemon, folder } = await start(
    "[program:cat]\ncommand=/bin/cat\nautostart=false\nstdout_logfile=%(here)s/cat.log\n",
  );
  const events = watch(daemon.address);
  const logger = await runningLogger(daemon);
  const limit = (files: number | string) =>
    execFileSync("prlimit", ["--pid", `${logger}`, `--nofile=${files}:`]);
  limit(readdirSync(`/proc/${logger}/fd`).length);
  await daemon.rpc.call("supervisor.startProcess", ["cat"]);
  await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "hello\n"]);
  const faults = () => faultsIn(events).map(({ message }) => message);
  await expect
    .poll(faults, { timeout: 5000 })
    .toContainEqual(expect.stringMatching(/^cannot read output .*: EMFILE/));
  limit(1024);
  await expect.poll(() => textOf(join(folder, "cat.log")), { timeout: 5000 }).toBe("hello\n");
  await expect.poll(faults).toEqual([]);
});

test("a logger of another version hands over, and what waits in its FIFOs is logged by the next", async () => {
  const { runtime, folder, start: startStage } = crashStage("");
  const fifo = join(runtime.fifos, "gone.gone.stdout");
  makeFifos([fifo]);
  const program = openForChild(fifo);
  onTestFinished(() => closeSync(program));
  writeSync(program, "said before\n");
  const log = join(folder, "gone.log");
  const settings: ChannelSettings = {
    log: { path: log, maxbytes: 0, backups: 0 },
    stripsAnsi: false,
    captureMaxbytes: 0,
    told: [],
  };
  await serveOldLogger(runtime.loggerSocket, [{ key: fifo, settings }]);
  await startStage(["-e", "info"]);
  await expect.poll(() => textOf(log)).toBe("said before\n");
  writeSync(program, "said after\n");
  await expect.poll(() => textOf(log)).toBe("said before\nsaid after\n");
});

describe("a program that floods with 100 MB a second", () => {
  test("does not delay requests or changes of state", async () => {
    const { daemon } = await start(
      `[program:flood]
command=/bin/sh -c 'while :; do head -c 10000000 /dev/zero; sleep 0.1; done'
autostart=false
stdout_logfile=%(here)s/flood.log
stdout_logfile_backups=1
[program:web]
command=/bin/sleep 1000
startsecs=0
`,
    );
    const quiet = await latencies(daemon);
    await daemon.rpc.call("supervisor.startProcess", ["flood"]);
    const flooded = await latencies(daemon);
    console.log(`median of a request: ${quiet.request} ms quiet, ${flooded.request} ms in the flood`);
    console.log(`median of a restart: ${quiet.restart} ms quiet, ${flooded.restart} ms in the flood`);
    expect(flooded.request).toBeLessThan(20 + 5 * quiet.request);
    expect(flooded.restart).toBeLessThan(50 + 5 * quiet.restart);
  });
});

async function start(programs: string) {
  const stage = crashStage(programs);
  return { ...stage, daemon: await stage.start(["-e", "info"]) };
}

function numbering(name: string, lines: number, perSecond: number, done: string): string {
  return `[program:${name}]
command=${numberLines(lines, perSecond, done)}
autorestart=false
startsecs=0
stdout_logfile=%(here)s/${name}.log
stdout_logfile_maxbytes=1MB
stdout_logfile_backups=20
`;
}

/** Answers as a logger of an older version, which reads these channels and gives them up. */
async function serveOldLogger(path: string, channels: readonly OpenChannel[]): Promise<void> {
  const server = createServer((socket) => {
    const daemon = new Connection<ToLogger, FromLogger>(socket, {
      onFrame: ({ message }) => {
        if (message.type === "hello") daemon.send({ type: "welcome", version: 0, pid: 1 });
        if (message.type === "list") daemon.send({ type: "channels", channels });
        if (message.type === "finish" && message.handsOver) server.close(() => rmSync(path, { force: true }));
        if (message.type === "finish") daemon.end();
      },
      onDrained: () => {},
      onClosed: () => {},
    });
  });
  await new Promise<void>((done) => server.listen(path, done));
  onTestFinished(() => {
    server.close();
  });
}

/** It has its title a moment after its start. */
async function runningLogger(daemon: TestDaemon): Promise<number> {
  const find = () => loggerOf(daemon.process.pid ?? 0) ?? 0;
  await expect.poll(find, { timeout: 10_000 }).toBeGreaterThan(0);
  return find();
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** How long a request and a restart take, in milliseconds: the median of 15. */
async function latencies(daemon: TestDaemon): Promise<{ request: number; restart: number }> {
  const [requests, restarts]: [number[], number[]] = [[], []];
  for (let i = 0; i < 15; i++) {
    requests.push(await timed(() => daemon.rpc.call("supervisor.getAllProcessInfo", [])));
    restarts.push(
      await timed(async () => {
        await daemon.rpc.call("supervisor.stopProcess", ["web"]);
        await daemon.rpc.call("supervisor.startProcess", ["web"]);
      }),
    );
  }
  return { request: median(requests), restart: median(restarts) };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await act();
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}
