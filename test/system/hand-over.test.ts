import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { crash, crashStage } from "../helpers/crash.ts";
import { isAlive, SUPERVISORD, type TestDaemon, testEnvironment, watch } from "../helpers/daemon.ts";
import { run } from "../helpers/run.ts";

const SUPERVISORCTL = resolve("dist/daemon/supervisorctl.cjs");

const sleeper = (name: string, options = "") =>
  `[program:${name}]\ncommand=/bin/sleep 1000\nstartsecs=0\n${options}\n`;

/** Ends with status 3 when it reads a line. */
const WAITER = `[program:waiter]
command=/bin/sh -c 'read line; echo $line; exit 3'
startsecs=0
autorestart=false
exitcodes=3
`;

/** Asks for it as an admin does, and waits until the daemon has started over. */
async function reloadKeep(daemon: TestDaemon): Promise<void> {
  const starts = () => daemon.output().split("supervisord started with pid").length;
  const before = starts();
  const asked = await run(process.execPath, [SUPERVISORCTL, "-c", daemon.configFile, "reload", "--keep"]);
  expect(asked).toEqual({ status: 0, stdout: "Restarted supervisord\n", stderr: "" });
  await expect.poll(starts, { timeout: 10_000 }).toBe(before + 1);
  await expect.poll(() => daemon.rpc.getState().catch(() => null)).toMatchObject({ statecode: 1 });
}

describe("supervisorctl reload --keep", () => {
  test("starts the daemon over, and programs go on: same pid, same log, and their exit status is known", async () => {
    const stage = crashStage(WAITER + sleeper("web"));
    const daemon = await stage.start();
    const before = await daemon.rpc.getAllProcessInfo();
    await reloadKeep(daemon);
    const after = await daemon.rpc.getAllProcessInfo();
    expect(after.map(({ pid, stdout_logfile }) => [pid, stdout_logfile])).toEqual(
      before.map(({ pid, stdout_logfile }) => [pid, stdout_logfile]),
    );
    const events = watch(daemon.address);
    await events.state("waiter", "RUNNING");
    await daemon.rpc.sendProcessStdin("waiter", "bye\n");
    const exited = await events.state("waiter", "EXITED");
    expect([exited.exit, exited.expected]).toEqual([{ kind: "code", code: 3 }, true]);
    expect(readFileSync(exited.stdoutLogfile ?? "", "utf8")).toBe("bye\n");
  });

  test("puts the configuration on disk in force: what is new starts, what is gone is left alone", async () => {
    const stage = crashStage(sleeper("web") + sleeper("gone"));
    const daemon = await stage.start();
    const [gone, web] = (await daemon.rpc.getAllProcessInfo()).map(({ pid }) => pid);
    stage.configure(sleeper("web", "priority=5") + sleeper("added"));
    await reloadKeep(daemon);
    const infos = await daemon.rpc.getAllProcessInfo();
    expect(infos.map(({ name, statename }) => [name, statename])).toEqual([
      ["added", "RUNNING"],
      ["web", "RUNNING"],
    ]);
    expect(infos[1]?.pid).toBe(web);
    expect(await daemon.rpc.getLeftovers()).toMatchObject([{ pid: gone, name: "gone:gone" }]);
    const ctl = (...args: readonly string[]) =>
      run(process.execPath, [SUPERVISORCTL, "-c", stage.configFile, ...args]);
    expect((await ctl("leftovers")).stdout).toContain(
      `pid ${gone}, the configuration has no gone:gone any more`,
    );
    expect(await ctl("leftovers", "stop", "1")).toMatchObject({ status: 1 });
    expect(await ctl("leftovers", "stop", "all")).toMatchObject({ status: 0, stdout: `${gone}: stopped\n` });
    expect(await ctl("leftovers")).toMatchObject({ status: 0, stdout: "No leftovers\n" });
    expect(isAlive(gone ?? 0)).toBe(false);
  });

  test("and a SIGTERM that comes meanwhile stops everything", async () => {
    const stage = crashStage(sleeper("web") + sleeper("two"));
    const daemon = await stage.start();
    await daemon.rpc.reloadKeep();
    daemon.process.kill("SIGTERM");
    expect(await daemon.ended).toBe(0);
    expect(stage.marked()).toEqual([]);
  });
});

test("a daemon that hands over ends, and the next one goes on with its programs", async () => {
  const stage = crashStage(sleeper("web") + sleeper("stopped"));
  const first = await stage.start();
  const { pid } = await first.rpc.getProcessInfo("web");
  await first.rpc.stopProcess("stopped");
  await first.rpc.handOver();
  expect(await first.ended).toBe(0);
  expect(isAlive(pid)).toBe(true);
  const second = await stage.start();
  const infos = await second.rpc.getAllProcessInfo();
  expect(infos.map((info) => [info.statename, info.pid])).toEqual([
    ["STOPPED", 0],
    ["RUNNING", pid],
  ]);
});

test("of daemons that are started at once after a crash one goes on, and the others say that it does", async () => {
  const stage = crashStage(sleeper("web") + sleeper("two"));
  await crash(await stage.start());
  const before = stage.marked().sort();
  const contenders = Array.from({ length: 5 }, () => {
    const child = spawn(process.execPath, [SUPERVISORD, "-n", "-c", stage.configFile], {
      cwd: stage.folder,
      env: testEnvironment(stage.folder),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    child.stdout.resume();
    const ended = new Promise<{ code: number | null; said: string }>((done) =>
      child.on("close", (code) => done({ code, said })),
    );
    onTestFinished(async () => {
      child.kill("SIGTERM");
      await ended;
    });
    return ended;
  });
  const losers = new Set<(typeof contenders)[number]>();
  for (let i = 0; i < contenders.length - 1; i++) {
    const waiting = contenders.filter((one) => !losers.has(one));
    const { code, said, self } = await Promise.race(
      waiting.map(async (one) => ({ ...(await one), self: one })),
    );
    expect(code).toBe(2);
    expect(said).toContain(`supervisord is already running with ${stage.configFile}`);
    losers.add(self);
  }
  expect(stage.marked().sort()).toEqual(before);
});

describe("a daemon that starts after a crash", () => {
  test("restarts an event listener, whose place in its protocol it cannot know, and says so", async () => {
    const stage = crashStage(sleeper("web"));
    const record = `${resolve("test/fixtures/listeners/record.py")} ${stage.folder}/events`;
    stage.configure(
      `[eventlistener:ears]\ncommand=/usr/bin/python3 ${record}\nevents=PROCESS_STATE\nstartsecs=0\n${sleeper("web")}`,
    );
    const first = await stage.start();
    const { pid } = await first.rpc.getProcessInfo("ears");
    await crash(first);
    const second = await stage.start();
    await upAgain(second, "ears", pid);
    expect(isAlive(pid)).toBe(false);
    expect(second.output()).toContain(
      "INFO ears starts anew: what it talks through ended with the daemon before",
    );
  });

  test("restarts FastCGI programs, whose socket ended with the daemon; reload --keep lets them be", async () => {
    const accept = `/usr/bin/python3 ${resolve("test/fixtures/accept.py")}`;
    const stage = crashStage("");
    const path = join(stage.folder, "fcgi.sock");
    stage.configure(`[fcgi-program:web]\ncommand=${accept}\nsocket=unix://${path}\nstartsecs=0\n`);
    const ask = () =>
      new Promise<number>((done, failed) => {
        const socket = connect({ path });
        socket.write("who");
        socket.on("data", (text) => done(Number(String(text).split(" ")[1])));
        socket.on("error", failed);
      });
    const first = await stage.start();
    const before = await ask();
    await reloadKeep(first);
    expect(await ask()).toBe(before);
    await crash(first);
    const second = await stage.start();
    const after = await upAgain(second, "web", before);
    expect(await ask()).toBe(after);
    expect(isAlive(before)).toBe(false);
  });
});

/** Resolves to the pid of the run after the one with that pid. */
async function upAgain({ rpc }: TestDaemon, name: string, before: number): Promise<number> {
  const pidNow = async () => {
    const { pid, statename } = await rpc.getProcessInfo(name);
    return statename === "RUNNING" && pid !== before;
  };
  await expect.poll(pidNow, { timeout: 20_000 }).toBe(true);
  return (await rpc.getProcessInfo(name)).pid;
}
