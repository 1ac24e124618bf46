import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ProcessInfo } from "../../daemon/protocol/process-info.ts";
import { crash, crashStage } from "../helpers/crash.ts";
import { isAlive, type TestDaemon, watch } from "../helpers/daemon.ts";

const sleeper = (name: string, options = "") =>
  `[program:${name}]\ncommand=/bin/sleep 1000\nstartsecs=0\n${options}\n`;

const shell = (name: string, script: string, options = "") =>
  `[program:${name}]\ncommand=/bin/sh -c '${script.replaceAll("%", "%%")}'\nstartsecs=0\n${options}\n`;

const stateOf = async (daemon: TestDaemon, name: string): Promise<ProcessInfo> =>
  daemon.rpc.getProcessInfo(name);

describe("a daemon that starts after one that was killed", () => {
  test("goes on with what runs: same pid, same start, same log, and no twin", async () => {
    const stage = crashStage(
      shell("web", "echo one; read line; echo $line; exec sleep 1000") + sleeper("two"),
    );
    const first = await stage.start();
    await watch(first.address).state("web", "RUNNING");
    const before = await stateOf(first, "web");
    await expect.poll(() => readFileSync(before.stdout_logfile, "utf8")).toBe("one\n");
    await crash(first);
    expect(isAlive(before.pid)).toBe(true);
    const second = await stage.start();
    const after = await stateOf(second, "web");
    expect(after).toMatchObject({ pid: before.pid, statename: "RUNNING", start: before.start });
    expect(after.stdout_logfile).toBe(before.stdout_logfile);
    await second.rpc.sendProcessStdin("web", "two\n");
    await expect.poll(() => readFileSync(before.stdout_logfile, "utf8")).toBe("one\ntwo\n");
    expect(second.output()).toContain(`INFO adopted: 'web' with pid ${before.pid}`);
    expect(stage.marked()).toHaveLength(2);
  });

  test("lets states survive: what its user stopped, what failed, what ended", async () => {
    const stage = crashStage(
      `${sleeper("stopped")}${shell("failed", "exit 3", "startretries=0\nstartsecs=1")}${shell("ended", "exit 0", "autorestart=false")}`,
    );
    const first = await stage.start();
    const events = watch(first.address);
    await events.state("failed", "FATAL");
    await first.rpc.stopProcess("stopped");
    const before = await first.rpc.getAllProcessInfo();
    await crash(first);
    const second = await stage.start();
    const after = await second.rpc.getAllProcessInfo();
    const facts = ({ name, statename, start, stop, exitstatus, spawnerr, stdout_logfile }: ProcessInfo) => ({
      name,
      statename,
      start,
      stop,
      exitstatus,
      spawnerr,
      stdout_logfile,
    });
    expect(after.map(facts)).toEqual(before.map(facts));
    expect(after.map(({ statename }) => statename)).toEqual(["EXITED", "FATAL", "STOPPED"]);
    expect(stage.marked()).toEqual([]);
  });

  test("goes on with a program that is STARTING, and it is RUNNING when its startsecs are over", async () => {
    const stage = crashStage(sleeper("web", "startsecs=2"));
    const first = await stage.start();
    const { pid } = await watch(first.address).state("web", "STARTING");
    await crash(first);
    const second = await stage.start();
    const running = await watch(second.address).state("web", "RUNNING");
    expect(running.pid).toBe(pid ?? (await stateOf(second, "web")).pid);
    expect(stage.marked()).toEqual([running.pid]);
  });

  test("kills a program that is STOPPING when its stopwaitsecs are over", async () => {
    const stage = crashStage(
      shell("web", 'trap "" TERM; echo up; while true; do sleep 0.05; done', "stopwaitsecs=2"),
    );
    const first = await stage.start();
    const events = watch(first.address, { logs: ["stdout"], history: 100 });
    await events.next("log");
    const { pid } = await stateOf(first, "web");
    void first.rpc.stopProcess("web", false);
    await events.state("web", "STOPPING");
    await crash(first);
    const second = await stage.start();
    const stopped = await watch(second.address).state("web", "STOPPED");
    expect(stopped.exit).toEqual({ kind: "unknown" });
    expect(second.output()).toContain(`WARN killing 'web' (${pid}) with SIGKILL`);
    expect(second.output()).toContain("WARN stopped: web (exit status unknown)");
    expect(isAlive(pid)).toBe(false);
  });

  test("tries a program in BACKOFF again, as often as is left", async () => {
    const stage = crashStage(shell("web", "echo try >> $PWD/tries; exit 1", "startsecs=1\nstartretries=2"));
    const first = await stage.start();
    const events = watch(first.address);
    await events.state("web", "BACKOFF");
    await events.state("web", "BACKOFF");
    await crash(first);
    const second = await stage.start();
    await watch(second.address).state("web", "FATAL");
    expect(readFileSync(join(stage.folder, "tries"), "utf8")).toBe("try\n".repeat(3));
  });

  test("restarts by its policy what ended while no daemon lived, and says that the exit status is unknown", async () => {
    const stage = crashStage(
      sleeper("again") + sleeper("never", "autorestart=false") + sleeper("always", "autorestart=true"),
    );
    const first = await stage.start();
    const before = await first.rpc.getAllProcessInfo();
    await crash(first);
    for (const { pid } of before) process.kill(pid, "SIGKILL");
    const second = await stage.start();
    const events = watch(second.address);
    for (const name of ["again", "always"]) {
      const { pid } = await events.next("snapshot").then(() => stateOf(second, name));
      expect([pid, isAlive(pid)]).not.toEqual([before.find((info) => info.name === name)?.pid, false]);
    }
    expect(await stateOf(second, "never")).toMatchObject({ statename: "EXITED", exitstatus: -1 });
    expect(second.output()).toContain("WARN exited: again (exit status unknown; not expected)");
  });

  test("finds in the log what a program wrote that ended meanwhile, to its last byte", async () => {
    const script = "read line; seq 1 20000; echo last";
    const stage = crashStage(shell("web", script, "autorestart=false"));
    const first = await stage.start();
    const { stdout_logfile, pid } = await stateOf(first, "web");
    await first.rpc.sendProcessStdin("web", "go\n");
    await crash(first);
    await expect.poll(() => isAlive(pid)).toBe(false);
    const second = await stage.start();
    const { statename, stdout_logfile: after } = await stateOf(second, "web");
    expect([statename, after]).toEqual(["EXITED", stdout_logfile]);
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`);
    await expect.poll(() => readFileSync(stdout_logfile, "utf8")).toBe(`${lines.join("")}last\n`);
  });

  test("goes on with a child that was there before the daemon could note its pid", async () => {
    const stage = crashStage(sleeper("web"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "web");
    await crash(first);
    const spawning = '"process":{"state":"STARTING","phase":"spawning","failures":0,"quickRuns":0}';
    const noted = readFileSync(stage.runtime.journal, "utf8");
    writeFileSync(
      stage.runtime.journal,
      noted
        .replaceAll(/"process":\{[^}]*\}/g, spawning)
        .replaceAll(/"pid":\d+,"startTime":"\d+"/g, '"pid":null,"startTime":null'),
    );
    const second = await stage.start();
    expect(await stateOf(second, "web")).toMatchObject({ pid, statename: "RUNNING" });
    expect(stage.marked()).toEqual([pid]);
  });

  test("stops what a program that ended meanwhile left behind, before it starts it again", async () => {
    const stage = crashStage(shell("web", "setsid sleep 1000 & exec sleep 2000"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "web");
    await expect.poll(() => stage.marked().length).toBe(2);
    const [left] = stage.marked().filter((one) => one !== pid);
    await crash(first);
    process.kill(pid, "SIGKILL");
    const second = await stage.start();
    await expect.poll(async () => (await stateOf(second, "web")).statename).toBe("RUNNING");
    expect(isAlive(left ?? 0)).toBe(false);
    expect(await second.rpc.getLeftovers()).toEqual([]);
  });

  test("restarts an adopted program that is killed, and tells its state at once when its user asks it to stop", async () => {
    const stage = crashStage(sleeper("web") + sleeper("two"));
    await crash(await stage.start());
    const second = await stage.start();
    const events = watch(second.address);
    const { pid } = await stateOf(second, "web");
    process.kill(pid, "SIGKILL");
    const exited = await events.state("web", "EXITED");
    expect([exited.exit, exited.expected]).toEqual([{ kind: "unknown" }, false]);
    expect((await events.state("web", "RUNNING")).pid).not.toBe(pid);
    await second.rpc.stopProcess("two");
    expect((await stateOf(second, "two")).statename).toBe("STOPPED");
    expect(stage.marked()).toHaveLength(1);
  });

  test("stops adopted programs with all others when it is asked to end", async () => {
    const stage = crashStage(sleeper("web") + sleeper("two"));
    await crash(await stage.start());
    const second = await stage.start();
    expect(stage.marked()).toHaveLength(2);
    second.process.kill("SIGTERM");
    expect(await second.ended).toBe(0);
    expect(stage.marked()).toEqual([]);
  });

  test("does so again and again, and starts afresh after an orderly end", async () => {
    const stage = crashStage(sleeper("web") + sleeper("stopped"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "web");
    await first.rpc.stopProcess("stopped");
    await crash(first);
    for (let i = 0; i < 3; i++) {
      const next = await stage.start();
      expect((await stateOf(next, "web")).pid).toBe(pid);
      await crash(next);
    }
    const last = await stage.start();
    await last.rpc.shutdown();
    await last.ended;
    const fresh = await stage.start();
    const infos = await fresh.rpc.getAllProcessInfo();
    expect(infos.map(({ statename }) => statename)).toEqual(["RUNNING", "RUNNING"]);
    expect(infos.map((info) => info.pid)).not.toContain(pid);
  });
});

test("a daemon that is killed again and again while programs keep ending never has two of one", async () => {
  const restless = "sleep 0.$(($$ % 20 + 1)); exit 1";
  const options = "numprocs=10\nprocess_name=%(program_name)s_%(process_num)d\nautorestart=true";
  const stage = crashStage(shell("restless", restless, options), "info");
  for (let i = 0; i < 8; i++) {
    const daemon = await stage.start();
    // There is nothing to wait for: any moment may be the wrong one.
    await wait(100 + 37 * i);
    const infos = await daemon.rpc.getAllProcessInfo();
    expect(infos.filter(({ statename }) => statename === "FATAL" || statename === "UNKNOWN")).toEqual([]);
    daemon.process.kill("SIGSTOP");
    const leaders = stage.leaders().map(({ name }) => name);
    expect(leaders).toEqual([...new Set(leaders)]);
    await crash(daemon);
  }
});

describe("who is who", () => {
  test("a stranger that was given a program's pid is neither adopted nor signalled", async () => {
    const stage = crashStage(sleeper("web", "autorestart=false"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "web");
    await crash(first);
    const journal = readFileSync(stage.runtime.journal, "utf8");
    // The journal tells of a process that had this number, started at another time, and was of another run.
    const another = journal.replaceAll(/"startTime":"\d+"/g, '"startTime":"7"');
    writeFileSync(stage.runtime.journal, another.replaceAll(/"marker":"([^"]+):\w+"/g, '"marker":"$1:7"'));
    const second = await stage.start();
    expect((await stateOf(second, "web")).statename).toBe("EXITED");
    second.process.kill("SIGTERM");
    await second.ended;
    expect(isAlive(pid)).toBe(true);
  });

  test("a pid that is nobody's number makes a record worthless: the program is found by its marker", async () => {
    const stage = crashStage(sleeper("web", "autorestart=false"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "web");
    await crash(first);
    for (const wrong of ["0", "-1", "1", "null", "1e99", '"x"']) {
      const journal = readFileSync(stage.runtime.journal, "utf8");
      writeFileSync(stage.runtime.journal, journal.replaceAll(/"pid":[^,}]+/g, `"pid":${wrong}`));
      const next = await stage.start();
      expect(await stateOf(next, "web")).toMatchObject({ pid, statename: "RUNNING" });
      await crash(next);
    }
  });

  test("a zombie counts as dead", async () => {
    // The stage's parent never asks for its children: with a subreaper of that kind, dead programs stay in the table.
    const stage = crashStage(sleeper("web", "autorestart=false"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "web");
    first.process.kill("SIGSTOP");
    process.kill(pid, "SIGKILL");
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "utf8")).toMatch(/\) Z /);
    await crash(first);
    const second = await stage.start();
    expect((await stateOf(second, "web")).statename).toBe("EXITED");
  });
});

describe("a journal that is", () => {
  const adoptedAfter = async (damage: (path: string) => void) => {
    const stage = crashStage(sleeper("web") + sleeper("two"));
    const first = await stage.start();
    const before = await first.rpc.getAllProcessInfo();
    await crash(first);
    damage(stage.runtime.journal);
    const second = await stage.start();
    const after = await second.rpc.getAllProcessInfo();
    expect(after.map(({ pid, statename }) => [pid, statename])).toEqual(
      before.map(({ pid }) => [pid, "RUNNING"]),
    );
    expect(Math.abs((after[0]?.start ?? 0) - (before[0]?.start ?? 0))).toBeLessThanOrEqual(1);
    expect(stage.marked()).toHaveLength(2);
  };

  test("private to its user is written for each daemon", async () => {
    const stage = crashStage(sleeper("web"));
    await stage.start();
    expect(statSync(stage.runtime.journal).mode & 0o777).toBe(0o600);
  });

  test("torn in its last line is read to there", () =>
    adoptedAfter((path) => writeFileSync(path, readFileSync(path, "utf8").slice(0, -40))));

  test("full of garbage is left out, and programs are found by their markers", () =>
    adoptedAfter((path) => writeFileSync(path, "\0\u{1F4A9}{]\n".repeat(1000))));

  test("followed by garbage is read as far as it makes sense", () =>
    adoptedAfter((path) =>
      appendFileSync(path, '{"type":"process"}\nnull\n[]\n{"type":"process","group":1}\n'),
    ));

  test("of another start of the machine is left out", () =>
    adoptedAfter((path) =>
      writeFileSync(path, readFileSync(path, "utf8").replace(/"boot":"[^"]*"/, '"boot":"x"')),
    ));

  test("missing is done without", () => adoptedAfter((path) => rmSync(path)));
});

describe("when the configuration changed meanwhile", () => {
  test("settings of the daemon hold for adopted programs, and another command is said to be outdated until update", async () => {
    const stage = crashStage(sleeper("web", "autorestart=true") + sleeper("two"));
    const first = await stage.start();
    const before = await stateOf(first, "web");
    await crash(first);
    stage.configure(
      `[program:web]\ncommand=/bin/sleep 2000\nstartsecs=0\nautorestart=false\n${sleeper("two", "autorestart=false\nstdout_logfile=%(here)s/two.log")}`,
    );
    const second = await stage.start();
    const { processes } = await watch(second.address).next("snapshot");
    expect(processes.map(({ name, outdated, pid }) => [name, outdated, pid === before.pid])).toEqual([
      ["two", false, false],
      ["web", true, true],
    ]);
    expect(second.output()).toContain(`WARN web (pid ${before.pid}) runs with a command or environment`);
    expect(await second.rpc.reloadConfig()).toEqual({ added: [], changed: ["web"], removed: [] });
    await second.rpc.stopProcess("web");
    await second.rpc.startProcess("web");
    const { pid } = await stateOf(second, "web");
    expect(readFileSync(`/proc/${pid}/cmdline`, "latin1")).toBe("/bin/sleep\u00002000\u0000");
    expect(await second.rpc.reloadConfig()).toEqual({ added: [], changed: [], removed: [] });
  });

  test("a program that is configured no more is left alone, listed, and stopped when somebody asks for it", async () => {
    const stage = crashStage(sleeper("web") + sleeper("gone"));
    const first = await stage.start();
    const { pid } = await stateOf(first, "gone");
    await crash(first);
    stage.configure(sleeper("web"));
    const second = await stage.start();
    const { server } = await watch(second.address).next("snapshot");
    const leftover = {
      pid,
      name: "gone:gone",
      command: "/bin/sleep 1000",
      reason: "the configuration has no gone:gone any more",
    };
    expect(server.leftBehind).toEqual([leftover]);
    expect(await second.rpc.getLeftovers()).toEqual([leftover]);
    expect(second.output()).toContain(`'supervisorctl leftovers stop ${pid}' stops it`);
    expect(isAlive(pid)).toBe(true);
    await crash(second);
    const third = await stage.start();
    expect(await third.rpc.getLeftovers()).toEqual([leftover]);
    await expect(third.rpc.stopLeftover(process.pid)).rejects.toThrow("BAD_NAME");
    await third.rpc.stopLeftover(pid);
    expect([isAlive(pid), await third.rpc.getLeftovers()]).toEqual([false, []]);
  });

  test("what is left of a run is stopped as a whole, also what left its session", async () => {
    const stage = crashStage(shell("gone", "setsid sleep 1000 & exec sleep 2000"));
    const first = await stage.start();
    await expect.poll(() => stage.marked().length).toBe(2);
    const { pid } = await stateOf(first, "gone");
    await crash(first);
    stage.configure("");
    const second = await stage.start();
    expect((await second.rpc.getLeftovers()).map((leftover) => leftover.pid)).toContain(pid);
    await second.rpc.stopLeftover(pid);
    expect([stage.marked(), await second.rpc.getLeftovers()]).toEqual([[], []]);
  });

  test("a stderr that has got its own FIFO is read, though the configuration redirects it by now", async () => {
    const stage = crashStage(shell("web", "read line; echo out; echo err >&2; exec sleep 1000"));
    const first = await stage.start();
    const { pid, stderr_logfile } = await stateOf(first, "web");
    await crash(first);
    stage.configure(
      shell("web", "read line; echo out; echo err >&2; exec sleep 1000", "redirect_stderr=true"),
    );
    const second = await stage.start();
    await second.rpc.sendProcessStdin("web", "go\n");
    await expect.poll(() => readFileSync(stderr_logfile, "utf8")).toBe("err\n");
    expect((await stateOf(second, "web")).pid).toBe(pid);
    expect((await second.rpc.reloadConfig()).changed).toEqual(["web"]);
  });
});
