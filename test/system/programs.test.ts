import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isAlive, startDaemon, watch } from "../helpers/daemon.ts";

const quick = (name: string, script: string, options = "") =>
  `[program:${name}]\ncommand=/bin/sh -c '${script.replaceAll("%", "%%")}'\nstartsecs=0\nautorestart=false\n${options}\n`;

describe("a program", () => {
  test("that is killed is up again with another pid, and the event stream tells it", async () => {
    const daemon = await startDaemon("[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n");
    const events = watch(daemon.address);
    const before = await events.state("web", "RUNNING");
    process.kill(before.pid ?? 0, "SIGKILL");
    const exited = await events.state("web", "EXITED");
    expect(exited.exit).toEqual({ kind: "signal", signal: "SIGKILL" });
    const after = await events.state("web", "RUNNING");
    expect(after.pid).not.toBe(before.pid);
  });

  test("whose command is not there is tried again and then FATAL, with the reason", async () => {
    const daemon = await startDaemon("[program:ghost]\ncommand=/no/such/command\nstartretries=0\n");
    const fatal = await watch(daemon.address).state("ghost", "FATAL");
    expect(fatal.spawnError).toBe("can't find command '/no/such/command'");
    expect(fatal.pid).toBeNull();
  });

  test("whose directory is not there says so", async () => {
    const daemon = await startDaemon(
      "[program:lost]\ncommand=/bin/sleep 1\ndirectory=/no/such/folder\nstartretries=0\n",
    );
    const fatal = await watch(daemon.address).state("lost", "FATAL");
    expect(fatal.spawnError).toBe("couldn't chdir to /no/such/folder: ENOENT");
  });

  test("finds /dev/stdout and /dev/stderr open, as a shell script or nginx expects", async () => {
    const daemon = await startDaemon(quick("web", "echo out >/dev/stdout; echo err >/dev/stderr"));
    const events = watch(daemon.address, { logs: ["stdout", "stderr"], history: 1000 });
    await events.state("web", "EXITED");
    const info = await daemon.rpc.getProcessInfo("web");
    expect(readFileSync(info.stdout_logfile, "utf8")).toBe("out\n");
    expect(readFileSync(info.stderr_logfile, "utf8")).toBe("err\n");
  });

  test("with redirect_stderr writes one log, in order", async () => {
    const daemon = await startDaemon(quick("web", "echo 1; echo 2 >&2; echo 3", "redirect_stderr=true"));
    await watch(daemon.address).state("web", "EXITED");
    const info = await daemon.rpc.getProcessInfo("web");
    expect(readFileSync(info.stdout_logfile, "utf8")).toBe("1\n2\n3\n");
    expect(info.stderr_logfile).toBe("");
  });

  test("loses no byte of a flood, spread over rotated logs of the size asked for", async () => {
    const lines = 200_000;
    const daemon = await startDaemon(
      quick(
        "flood",
        `seq 1 ${lines}`,
        "stdout_logfile=%(here)s/flood.log\nstdout_logfile_maxbytes=400KB\nstdout_logfile_backups=20",
      ),
    );
    await watch(daemon.address).state("flood", "EXITED");
    const files = readdirSync(daemon.folder)
      .filter((name) => name.startsWith("flood.log"))
      .sort((a, b) => Number(b.split(".")[2] ?? 0) - Number(a.split(".")[2] ?? 0));
    const text = files.map((name) => readFileSync(join(daemon.folder, name), "utf8")).join("");
    expect(files.length).toBeGreaterThan(2);
    expect(text).toBe(Array.from({ length: lines }, (_, i) => `${i + 1}\n`).join(""));
  });

  test("reads what is sent to its stdin", async () => {
    const daemon = await startDaemon("[program:cat]\ncommand=/bin/cat\nstartsecs=0\n");
    // With its history: what is written before the following begins is told, too.
    const events = watch(daemon.address, { logs: ["stdout"], history: 100 });
    await events.state("cat", "RUNNING");
    await daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "hello\n"]);
    const log = await events.next("log", ({ text }) => text !== "");
    expect(log.text).toBe("hello\n");
  });

  test("is given its environment, directory and umask, and Supervisor's variables", async () => {
    const daemon = await startDaemon(
      quick(
        "web",
        "echo $A $SUPERVISOR_ENABLED $SUPERVISOR_PROCESS_NAME $SUPERVISOR_GROUP_NAME $SUPERVISOR_SERVER_URL; pwd; umask",
        'environment=A="b c"\ndirectory=/usr\numask=027',
      ),
    );
    await watch(daemon.address).state("web", "EXITED");
    const info = await daemon.rpc.getProcessInfo("web");
    expect(readFileSync(info.stdout_logfile, "utf8")).toBe(
      `b c 1 web web unix://${daemon.socket}\n/usr\n0027\n`,
    );
  });

  test("has a marker in its environment that no setting can change, another one in each run", async () => {
    const daemon = await startDaemon(
      `[group:a]\nprograms=web\n${quick("web", "echo $SUPERVISORD_RUN", 'environment=SUPERVISORD_RUN="x"')}`,
    );
    const events = watch(daemon.address);
    await events.state("web", "EXITED");
    await daemon.rpc.startProcess("a:web");
    await events.state("web", "EXITED");
    const { stdout_logfile } = await daemon.rpc.getProcessInfo("a:web");
    expect(readFileSync(stdout_logfile, "utf8")).toMatch(
      /^([0-9a-f]{16}):a:web:([0-9a-f]{12})\n\1:a:web:(?!\2)[0-9a-f]{12}\n$/,
    );
  });

  test("leads a session of its own, and gets no descriptor of the daemon's but its three streams", async () => {
    const inherited = readdirSync("/proc/self/fd");
    const daemon = await startDaemon(
      quick("web", 'ps -o sid= -p $$; echo $$; ls /proc/$$/fd | tr "\\n" " "'),
    );
    await watch(daemon.address).state("web", "EXITED");
    const { stdout_logfile } = await daemon.rpc.getProcessInfo("web");
    const [sid, pid, descriptors] = readFileSync(stdout_logfile, "utf8")
      .split("\n")
      .map((line) => line.trim());
    expect(sid).toBe(pid);
    const own = ["0", "1", "2"];
    expect(descriptors?.split(" ").filter((fd) => !own.includes(fd) && !inherited.includes(fd))).toEqual([]);
  });
});

describe("stopping", () => {
  test("a program that ignores its stop signal is killed after stopwaitsecs", async () => {
    const daemon = await startDaemon(
      quick("deaf", 'trap "" TERM; while :; do sleep 1; done', "stopwaitsecs=1"),
    );
    const events = watch(daemon.address);
    await events.state("deaf", "RUNNING");
    await daemon.rpc.call("supervisor.stopProcess", ["deaf"]);
    const stopped = await events.state("deaf", "STOPPED");
    expect(stopped.exit).toEqual({ kind: "signal", signal: "SIGKILL" });
    expect(daemon.output()).toMatch(/WARN killing 'deaf' \(\d+\) with SIGKILL/);
  });

  test("with stopasgroup takes the children along", async () => {
    const daemon = await startDaemon(quick("tree", "sleep 1000 & echo $!; wait", "stopasgroup=true"));
    const events = watch(daemon.address, { logs: ["stdout"], history: 100 });
    const { text } = await events.next("log");
    await daemon.rpc.call("supervisor.stopProcess", ["tree"]);
    await expect.poll(() => isAlive(Number(text))).toBe(false);
  });

  test("the daemon stops its programs in the reverse of their priority, and leaves nothing behind", async () => {
    const daemon = await startDaemon(
      "[program:db]\ncommand=/bin/sleep 1000\npriority=1\nstartsecs=0\n[program:web]\ncommand=/bin/sleep 1000\npriority=2\nstartsecs=0\n",
    );
    const events = watch(daemon.address);
    const pids = [(await events.state("web", "RUNNING")).pid, (await daemon.rpc.getProcessInfo("db")).pid];
    await daemon.rpc.call("supervisor.shutdown", []);
    expect(await daemon.ended).toBe(0);
    expect(daemon.output()).toMatch(/stopped: web[\s\S]*stopped: db/);
    expect(pids.map((pid) => isAlive(pid ?? 0))).toEqual([false, false]);
    const left = readdirSync(daemon.folder).filter((name) => !/\.log$|^supervisord-\d+$/.test(name));
    expect(left).toEqual(["supervisord.conf"]);
  });
});
