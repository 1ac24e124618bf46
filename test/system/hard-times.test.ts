import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import {
  configAround,
  isAlive,
  startDaemon,
  startDaemonOn,
  type TestDaemon,
  watch,
} from "../helpers/daemon.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const DAY_MS = 86_400_000;

/** A daemon into which one of the fixtures is loaded before its own code. */
async function startWith(
  fixture: string,
  variable: string,
  programs: string,
): Promise<{ daemon: TestDaemon; file: string }> {
  const folder = scratchFolder();
  const file = join(folder, "switch");
  if (variable === "CLOCK_FILE") writeFileSync(file, "0");
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, programs));
  const environment = {
    NODE_OPTIONS: `--require=${resolve("test/fixtures/preload", fixture)}`,
    [variable]: file,
  };
  return { daemon: await startDaemonOn(folder, configFile, [], environment), file };
}

test("a wall clock that jumps moves no deadline: starts, retries, stops and uptimes take their own time", async () => {
  const { daemon, file } = await startWith(
    "false-clock.cjs",
    "CLOCK_FILE",
    `[program:slow]
command=/bin/sleep 1000
startsecs=2
autostart=false
[program:broken]
command=/bin/sh -c 'exit 3'
startretries=1
autostart=false
[program:deaf]
command=/bin/sh -c 'trap "" TERM; echo deaf; while :; do sleep 1; done'
startsecs=0
stopwaitsecs=1
killasgroup=true
autostart=false
`,
  );
  const events = watch(daemon.address, { logs: ["stdout"] });
  await events.next("snapshot");
  const { rpc } = daemon;
  const spent = async (jumpMs: number, act: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    const done = act();
    writeFileSync(file, String(jumpMs));
    await done;
    return performance.now() - from;
  };
  const begin = await rpc
    .startProcess("slow", false)
    .then(() => spent(DAY_MS, () => events.state("slow", "RUNNING")));
  expect(begin).toBeGreaterThan(1500);
  const retry = await spent(-DAY_MS, () =>
    rpc.startProcess("broken", false).then(() => events.state("broken", "FATAL")),
  );
  expect(retry).toBeGreaterThan(900);
  expect(retry).toBeLessThan(5000);
  await rpc.startProcess("deaf", false);
  await events.next("log", ({ text }) => text.includes("deaf"));
  const stop = await spent(DAY_MS, () => rpc.stopProcess("deaf"));
  expect(stop).toBeGreaterThan(900);
  writeFileSync(file, String(-DAY_MS));
  const { description, statename } = await rpc.getProcessInfo("slow");
  expect({ description, statename }).toEqual({
    description: expect.stringMatching(/uptime 0:00:\d\d$/),
    statename: "RUNNING",
  });
});

test("a daemon that was stopped and goes on deals with every exit meanwhile, and kills nothing for being late", async () => {
  const daemon = await startDaemon(`[program:brief]
command=/bin/sleep 0.3
startsecs=0
autorestart=false
numprocs=20
process_name=%(process_num)d
autostart=false
[program:again]
command=/bin/sleep 0.3
startsecs=0
autorestart=true
autostart=false
[program:leaving]
command=/bin/sh -c 'trap "sleep 1; exit 0" TERM; echo up; while :; do sleep 0.1; done'
startsecs=0
stopwaitsecs=2
`);
  const events = watch(daemon.address, { logs: ["stdout"], history: 100 });
  await events.next("log", ({ text }) => text.includes("up"));
  const pids = (await daemon.rpc.startProcessGroup("brief")).length;
  expect(pids).toBe(20);
  await daemon.rpc.startProcess("again");
  const before = (await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid);
  await daemon.rpc.stopProcess("leaving", false);
  daemon.process.kill("SIGSTOP");
  await expect.poll(() => before.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  // Until the deadline of `leaving` has passed.
  await new Promise((done) => setTimeout(done, 2500));
  daemon.process.kill("SIGCONT");
  await events.state("leaving", "STOPPED");
  await expect
    .poll(async () => {
      const infos = await daemon.rpc.getAllProcessInfo();
      return infos.filter(({ group }) => group === "brief").map(({ statename }) => statename);
    })
    .toEqual(Array.from({ length: 20 }, () => "EXITED"));
  await events.next(
    "process",
    ({ process }) => process.name === "again" && process.pid !== null && !before.includes(process.pid),
  );
  expect(daemon.output()).not.toContain("SIGKILL");
});

test("an error that nobody expected is logged with its stack, and neither daemon nor programs end", async () => {
  const { daemon, file } = await startWith(
    "sudden-errors.cjs",
    "ERRORS_FILE",
    "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n[program:other]\ncommand=/bin/sleep 1000\nstartsecs=0\nautostart=false\n",
  );
  const { pid } = await daemon.rpc.getProcessInfo("web");
  writeFileSync(file, "");
  await expect(daemon.rpc.getProcessInfo("web")).rejects.toThrow("HTTP status 500");
  await daemon.rpc.startProcess("other", false);
  await expect.poll(() => daemon.output()).toContain("made by a timer");
  rmSync(file);
  expect((await daemon.rpc.getProcessInfo("web")).pid).toBe(pid);
  expect((await daemon.rpc.getProcessInfo("other")).statename).toBe("RUNNING");
  expect(daemon.output()).toMatch(/answering POST \/RPC2 failed: TypeError: made by the clock/);
  expect(daemon.output()).toMatch(
    /unexpected error at other:other, going on: TypeError: made by the clock\n +at /,
  );
  expect(daemon.output()).toMatch(/unexpected error, going on: TypeError: made by a timer\n +at /);
});

test("a daemon that must end for an error leaves its programs to the next one", async () => {
  const { daemon } = await startWith(
    "broken-end.cjs",
    "UNUSED",
    "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n",
  );
  const { pid } = await daemon.rpc.getProcessInfo("web");
  daemon.process.kill("SIGTERM");
  expect(await daemon.ended).not.toBe(0);
  expect(daemon.output()).toMatch(
    /CRIT the daemon ends for an error, and leaves its programs to the next one: TypeError: made at the end\n +at /,
  );
  expect(isAlive(pid)).toBe(true);
  const next = await startDaemonOn(daemon.folder, daemon.configFile);
  expect((await next.rpc.getProcessInfo("web")).pid).toBe(pid);
});
