import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { configAround, startDaemon, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const printing = (name: string, format: string, options: string) =>
  `[program:${name}]\ncommand=/usr/bin/printf '${format.replaceAll("%", "%%")}'\nstartsecs=0\nautorestart=false\n${options}\n`;

/** Waits until these programs have ended. */
async function ended(daemon: TestDaemon, ...names: readonly string[]): Promise<void> {
  for (const name of names) await watch(daemon.address).state(name, "EXITED");
}

const BEGIN = "<!--XSUPERVISOR:BEGIN-->";
const END = "<!--XSUPERVISOR:END-->";
const LONG = "and what follows is longer than a token";

describe("the log of a program", () => {
  test("leaves out what is captured, as the real supervisord's does", async () => {
    const stage = (folder: string) =>
      [
        ["whole", `before ${BEGIN}message${END} ${LONG}`],
        ["twice", `${BEGIN}one${END}${BEGIN}two${END}${LONG}`],
        ["like", `<!-- no token --> <!--XSUPERVISOR: ${LONG}`],
      ]
        .map(([name = "", text = ""]) =>
          printing(name, text, `stdout_capture_maxbytes=1KB\nstdout_logfile=${folder}/${name}.log`),
        )
        .join("");
    const [ours, theirs] = await sideBySide(stage, "like.log", `<!-- no token --> <!--XSUPERVISOR: ${LONG}`);
    const logs = (folder: string) =>
      ["whole", "twice", "like"].map((name) => readFileSync(join(folder, `${name}.log`), "utf8"));
    expect(logs(ours)).toEqual(logs(theirs));
    expect(logs(ours)[0]).toBe(`before  ${LONG}`);
  });

  test("holds what came last before the end of a program in capture mode", async () => {
    const daemon = await startDaemon(printing("short", "bye", "stdout_capture_maxbytes=1KB"));
    await ended(daemon, "short");
    const { stdout_logfile } = await daemon.rpc.getProcessInfo("short");
    expect(readFileSync(stdout_logfile, "utf8")).toBe("bye");
  });

  test("has no colours with strip_ansi, as the real supervisord's", async () => {
    const text = "\\033[1;31mred\\033[0m plain\\n";
    const stage = (folder: string) =>
      `[supervisord]\nstrip_ansi=true\n${printing("colour", text, `stdout_logfile=${folder}/colour.log`)}`;
    const [ours, theirs] = await sideBySide(stage, "colour.log", "red plain\n");
    expect(readFileSync(join(ours, "colour.log"), "utf8")).toBe(
      readFileSync(join(theirs, "colour.log"), "utf8"),
    );
  });

  test.each(["/dev/stdout", "/dev/fd/1", "/dev/stderr", "/dev/fd/2"])(
    "is the daemon's own %s if asked for, before and after a log reopen",
    async (path) => {
      const programs = `[program:cat]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=${path}\nstdout_logfile_maxbytes=0\n`;
      const daemon = await startDaemon(programs, ["-e", "info"]);
      await watch(daemon.address).state("cat", "RUNNING");
      await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "first line\n"]);
      await expect.poll(daemon.output).toContain("first line\n");
      daemon.process.kill("SIGUSR2");
      await expect.poll(daemon.output).toContain("received SIGUSR2");
      await daemon.rpc.call("supervisor.clearProcessLogs", ["cat"]);
      await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "second line\n"]);
      await expect.poll(daemon.output).toContain("second line\n");
    },
  );

  test("is none at all with NONE, and the output can still be followed", async () => {
    const daemon = await startDaemon("[program:cat]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=NONE\n");
    const events = watch(daemon.address, { logs: ["stdout"] });
    await events.state("cat", "RUNNING");
    await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "hello\n"]);
    expect((await events.next("log")).text).toBe("hello\n");
    expect((await daemon.rpc.getProcessInfo("cat")).stdout_logfile).toBe("");
  });
});

describe("syslog", () => {
  test("gets each line of a program after its name, and the daemon's own lines with logfile=syslog", async () => {
    const lines = loggerOnPath();
    const folder = scratchFolder();
    const program = printing("web", "one\\ntwo\\n", "stdout_syslog=true\nstderr_logfile=syslog");
    const config = configAround(folder, program).replace(/^logfile=.*$/m, "logfile=syslog");
    writeFileSync(join(folder, "supervisord.conf"), config);
    const daemon = await startDaemonOn(folder, join(folder, "supervisord.conf"), ["-e", "info"]);
    await ended(daemon, "web");
    await daemon.rpc.call("supervisor.shutdown", []);
    await daemon.ended;
    expect(lines()).toContain("-t supervisord -p user.info");
    expect(lines()).toContain("web one\nweb two\n");
    expect(lines()).toMatch(/^\S+ \S+ INFO exited: web \(exit status 0; expected\)$/m);
    expect(existsSync(join(folder, "syslog"))).toBe(false);
  });

  test("that cannot be written is said once, and programs run on", async () => {
    const folder = scratchFolder();
    symlinkSync("/usr/bin/mkfifo", join(folder, "mkfifo"));
    vi.stubEnv("PATH", folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const daemon = await startDaemon("[program:cat]\ncommand=/bin/cat\nstartsecs=0\nstdout_syslog=true\n");
    await watch(daemon.address).state("cat", "RUNNING");
    for (const text of ["a\n", "b\n", "c\n"]) {
      await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", text]);
      const { stdout_logfile } = await daemon.rpc.getProcessInfo("cat");
      await expect.poll(() => readFileSync(stdout_logfile, "utf8")).toContain(text);
    }
    expect(daemon.output().match(/ERRO cannot write to syslog: .*/g)).toEqual([
      "ERRO cannot write to syslog: cannot run logger: spawn logger ENOENT",
    ]);
  });
});

/** Runs the same programs under both daemons until `log` of each holds `text`; their folders. */
async function sideBySide(
  programs: (folder: string) => string,
  log: string,
  text: string,
): Promise<[string, string]> {
  const [ours, theirs] = [scratchFolder(), scratchFolder()];
  for (const folder of [ours, theirs]) {
    writeFileSync(join(folder, "supervisord.conf"), configAround(folder, programs(folder)));
  }
  await startDaemonOn(ours, join(ours, "supervisord.conf"));
  await startRealSupervisord(theirs, join(theirs, "supervisord.conf"));
  for (const folder of [ours, theirs]) {
    await expect
      .poll(() => existsSync(join(folder, log)) && readFileSync(join(folder, log), "utf8"), {
        timeout: 20_000,
      })
      .toBe(text);
  }
  return [ours, theirs];
}

/** Puts a `logger` on the PATH that keeps its arguments and what it is given; returns how to read them. */
function loggerOnPath(): () => string {
  const folder = scratchFolder();
  const file = join(folder, "logged");
  writeFileSync(join(folder, "logger"), `#!/bin/sh\nexec >> ${file}\necho "$*"\nexec cat\n`);
  chmodSync(join(folder, "logger"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return () => readFileSync(file, "utf8");
}
