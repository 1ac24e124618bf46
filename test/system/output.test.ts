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
    const texts = {
      whole: `before ${BEGIN}message${END} ${LONG}`,
      twice: `${BEGIN}one${END}${BEGIN}two${END}${LONG}`,
      like: `<!-- no token --> <!--XSUPERVISOR: ${LONG}`,
    };
    const programs = Object.entries(texts).map(([name, text]) =>
      printing(name, text, `stdout_capture_maxbytes=1KB\nstdout_logfile=%(here)s/${name}.log`),
    );
    await expectLogsOfBoth(programs.join(""), {
      whole: `before  ${LONG}`,
      twice: LONG,
      like: texts.like,
    });
  });

  test("holds what came last before the end of a program in capture mode", async () => {
    const daemon = await startDaemon(printing("short", "bye", "stdout_capture_maxbytes=1KB"));
    await ended(daemon, "short");
    const { stdout_logfile } = await daemon.rpc.getProcessInfo("short");
    expect(readFileSync(stdout_logfile, "utf8")).toBe("bye");
  });

  test("has no colours with strip_ansi, as the real supervisord's", async () => {
    const text = "\\033[1;31mred\\033[0m plain\\n";
    const program = printing("colour", text, "stdout_logfile=%(here)s/colour.log");
    await expectLogsOfBoth(`[supervisord]\nstrip_ansi=true\n${program}`, { colour: "red plain\n" });
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

/** Runs the same programs under both daemons, and waits until the logs of both hold these texts and no more. */
async function expectLogsOfBoth(programs: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const [ours, theirs] = [scratchFolder(), scratchFolder()];
  for (const folder of [ours, theirs]) {
    writeFileSync(join(folder, "supervisord.conf"), configAround(folder, programs));
  }
  await startDaemonOn(ours, join(ours, "supervisord.conf"));
  await startRealSupervisord(theirs, join(theirs, "supervisord.conf"));
  for (const folder of [ours, theirs]) {
    const logs = () => Object.fromEntries(Object.keys(texts).map((name) => [name, logIn(folder, name)]));
    await expect.poll(logs, { timeout: 20_000 }).toEqual(texts);
  }
}

function logIn(folder: string, name: string): string {
  const file = join(folder, `${name}.log`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
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
