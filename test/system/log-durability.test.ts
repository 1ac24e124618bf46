import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { crash } from "../helpers/crash.ts";
import { configAround, faultsIn, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
import { numberLines, wrongNumbers, wrongNumbersIn } from "../helpers/numbered.ts";
import { scratchFolder } from "../helpers/scratch.ts";

/** Mounting a small disk takes root. */
const diskTest = test.runIf(process.getuid?.() === 0 && process.platform === "linux");

const CAT = "[program:cat]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=%(here)s/logs/cat.log\n";

describe("a program's log", () => {
  const harms: Readonly<Record<string, (log: string) => void>> = {
    "was removed": (log) => rmSync(log),
    "was moved away": (log) => renameSync(log, `${log}.moved`),
    "was truncated": (log) => truncateSync(log),
    "was replaced": (log) => {
      writeFileSync(`${log}.new`, "");
      renameSync(`${log}.new`, log);
    },
    "is gone with its folder": (log) => rmSync(dirname(log), { recursive: true }),
  };
  test.each(Object.keys(harms))("that %s goes on at its path", async (name) => {
    const { daemon, folder } = await start(CAT, "logs");
    const log = join(folder, "logs/cat.log");
    await watch(daemon.address).state("cat", "RUNNING");
    await say(daemon, "before\n");
    await expect.poll(() => textOf(log)).toBe("before\n");
    harms[name]?.(log);
    await say(daemon, "after\n");
    await expect.poll(() => textOf(log)).toBe("after\n");
    expect(await daemon.rpc.call("supervisor.readProcessStdoutLog", ["cat", 0, 0])).toBe("after\n");
    expect((await watch(daemon.address).next("snapshot")).server.faults).toEqual([]);
  });

  diskTest("on a full disk waits in memory, and the program goes on; both ends are told once", async () => {
    const lines = 5000;
    const { daemon, folder, disk } = await startOnDisk(
      ({ done }) =>
        `[program:numbers]\ncommand=${numberLines(lines, 0, done)}\nstdout_logfile=%(here)s/disk/n.log\n`,
    );
    const events = watch(daemon.address);
    await expect.poll(() => existsSync(join(folder, "done")), { timeout: 10_000 }).toBe(true);
    const log = join(disk, "n.log");
    const wrong = `cannot write ${log}: ENOSPC: no space left on device, write`;
    await expect.poll(() => faultsIn(events)).toMatchObject([{ where: "numbers:numbers", message: wrong }]);
    expect(statSync(log).size).toBeLessThan(lines * 100);
    enlarge(disk);
    await expect.poll(() => wrongNumbers(log, lines), { timeout: 5000 }).toBeNull();
    await expect.poll(() => faultsIn(events)).toEqual([]);
    expect(told(daemon)).toEqual([`ERRO ${wrong}`, `INFO no longer so: ${wrong}`]);
  });

  diskTest("on a full disk is a fault for the next daemon too", async () => {
    const { daemon, folder, disk } = await startOnDisk(
      () => CAT.replace("/logs/", "/disk/"),
      (disk) => execFileSync("sh", ["-c", `cat /dev/zero > ${disk}/filler || true`], { stdio: "ignore" }),
    );
    await watch(daemon.address).state("cat", "RUNNING");
    await say(daemon, "text\n");
    await expect.poll(() => told(daemon)).toHaveLength(1);
    await crash(daemon);
    const next = await startDaemonOn(folder, daemon.configFile, ["-e", "info"]);
    const events = watch(next.address);
    await expect.poll(() => faultsIn(events)).toMatchObject([{ where: "cat:cat", message: /ENOSPC/ }]);
    rmSync(join(disk, "filler"));
    await expect.poll(() => textOf(join(disk, "cat.log")), { timeout: 5000 }).toBe("text\n");
    await expect.poll(() => faultsIn(events)).toEqual([]);
  });

  diskTest("says where how many bytes are missing, when the disk was full for too long", async () => {
    const lines = 30_000;
    const { daemon, folder, disk } = await startOnDisk(
      ({ done }) =>
        `[program:numbers]\ncommand=${numberLines(lines, 0, done)}\nstdout_logfile=%(here)s/disk/n.log\n`,
    );
    await expect.poll(() => existsSync(join(folder, "done")), { timeout: 10_000 }).toBe(true);
    const log = join(disk, "n.log");
    enlarge(disk);
    const note = /\n\[supervisord: (?<count>\d+) bytes are missing here: cannot write \S+ ENOSPC: .*\]\n/;
    await expect.poll(() => note.test(textOf(log)), { timeout: 5000 }).toBe(true);
    const text = textOf(log);
    const { 0: noted = "", index = 0, groups } = note.exec(text) ?? {};
    expect(index + Number(groups?.count)).toBe(lines * 100);
    expect(noted.length).toBe(text.length - index);
    expect(wrongNumbersIn(text.slice(0, index - (index % 100)))).toBeNull();
    await expect.poll(() => daemon.output()).toContain(`; ${groups?.count} bytes are missing`);
  });

  diskTest("on a read-only disk waits until it can be written, and the program runs", async () => {
    const { daemon, disk } = await startOnDisk(
      () => CAT.replace("/logs/", "/disk/"),
      (disk) => execFileSync("mount", ["-o", "remount,ro", disk]),
    );
    const events = watch(daemon.address);
    await events.state("cat", "RUNNING");
    await say(daemon, "text\n");
    await expect.poll(() => faultsIn(events)).toMatchObject([{ where: "cat:cat", message: /EROFS/ }]);
    execFileSync("mount", ["-o", "remount,rw", disk]);
    await expect.poll(() => textOf(join(disk, "cat.log")), { timeout: 5000 }).toBe("text\n");
    await expect.poll(() => faultsIn(events)).toEqual([]);
  });
});

describe("the daemon's own log", () => {
  diskTest("on a full disk waits in memory, the daemon goes on, and clients are told", async () => {
    const { daemon, disk } = await startOnDisk(
      () => CAT,
      () => {},
      (config) => config.replace(/^logfile=.*$/m, "logfile=%(here)s/disk/d.log"),
    );
    const events = watch(daemon.address);
    execFileSync("sh", ["-c", `cat /dev/zero > ${disk}/filler || true`], { stdio: "ignore" });
    // What is left of its last page still fits.
    for (let i = 0; i < 15; i++) {
      await daemon.rpc.call("supervisor.stopProcess", ["cat"]);
      await daemon.rpc.call("supervisor.startProcess", ["cat"]);
    }
    const log = join(disk, "d.log");
    const wrong = `cannot write ${log}: ENOSPC: no space left on device, write`;
    await expect.poll(() => faultsIn(events)).toMatchObject([{ where: null, message: wrong }]);
    expect(told(daemon)).toEqual([`ERRO ${wrong}`]);
    rmSync(join(disk, "filler"));
    await expect.poll(() => textOf(log), { timeout: 5000 }).toContain(`INFO no longer so: ${wrong}`);
    expect(textOf(log).match(/ INFO waiting for cat to stop\n/g)).toHaveLength(15);
    expect(textOf(log)).toContain(`ERRO ${wrong}\n`);
    expect(faultsIn(events)).toEqual([]);
  });

  test("that was removed goes on at its path", async () => {
    const { daemon, folder } = await start(CAT, "logs");
    const log = join(folder, "supervisord.log");
    rmSync(log);
    await daemon.rpc.call("supervisor.stopProcess", ["cat"]);
    expect(textOf(log)).toContain("stopped: cat");
  });
});

async function start(programs: string, logs: string): Promise<{ daemon: TestDaemon; folder: string }> {
  const folder = scratchFolder();
  mkdirSync(join(folder, logs));
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, configAround(folder, programs));
  return { daemon: await startDaemonOn(folder, file, ["-e", "info"]), folder };
}

/** A daemon beside an almost empty disk of 256 KiB at `disk/`. */
async function startOnDisk(
  programs: (paths: { done: string }) => string,
  prepare: (disk: string) => void = () => {},
  change: (config: string) => string = (config) => config,
) {
  const folder = scratchFolder();
  const disk = join(folder, "disk");
  mkdirSync(disk);
  mkdirSync(join(folder, "logs"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]);
  onTestFinished(() => {
    execFileSync("umount", ["-l", disk]);
  });
  prepare(disk);
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, change(configAround(folder, programs({ done: join(folder, "done") }))));
  return { daemon: await startDaemonOn(folder, file, ["-e", "info"]), folder, disk };
}

function enlarge(disk: string): void {
  execFileSync("mount", ["-o", "remount,size=16m", disk]);
}

async function say(daemon: TestDaemon, text: string): Promise<void> {
  await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", text]);
}

/** What the activity log tells of troubles. */
function told(daemon: TestDaemon): string[] {
  return [...daemon.output().matchAll(/(?:ERRO|INFO) (?:no longer so: )?cannot .*/g)].map(([line]) => line);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
