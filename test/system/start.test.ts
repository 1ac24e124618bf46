import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import type { Plan } from "../../daemon/protocol/plan.ts";
import {
  configAround,
  isAlive,
  SUPERVISORD,
  startDaemon,
  startDaemonOn,
  testEnvironment,
  watch,
} from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { type Ran, run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const SLEEPER = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";

function supervisord(folder: string, ...args: readonly string[]): Promise<Ran> {
  return run(process.execPath, [SUPERVISORD, ...args], { cwd: folder, env: testEnvironment(folder) });
}

function withConfig(text: string): { folder: string; file: string } {
  const folder = scratchFolder();
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, text.replaceAll("FOLDER", folder));
  return { folder, file };
}

describe("a configuration that cannot be used is refused with a sentence and exit status 2:", () => {
  test("one that is not there", async () => {
    const folder = scratchFolder();
    const { status, stderr } = await supervisord(folder, "-n", "-c", "nothing.conf");
    expect(status).toBe(2);
    expect(stderr).toContain(`could not find config file nothing.conf`);
  });

  test("one that is a folder", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "supervisord.conf"));
    const { status, stderr } = await supervisord(folder, "-n", "-c", "supervisord.conf");
    expect(status).toBe(2);
    expect(stderr).toMatch(/supervisord\.conf.*(directory|folder)/i);
  });

  test("one that is broken, with file, line and column, in the foreground and in the background", async () => {
    const { folder, file } = withConfig(
      "[supervisord]\n[program:web]\ncommand=/bin/cat\nautostart=perhaps\n",
    );
    for (const mode of [["-n"], []]) {
      const { status, stderr } = await supervisord(folder, ...mode, "-c", file);
      expect(status).toBe(2);
      expect(stderr).toContain("not a valid boolean value: 'perhaps'");
      expect(stderr).toContain(`${file}:4:11: error: `);
    }
  });

  test("a wrong option on the command line", async () => {
    const { status, stderr } = await supervisord(scratchFolder(), "--no-such-option");
    expect(status).toBe(2);
    expect(stderr).toContain("--no-such-option");
  });
});

describe("in the background", () => {
  test("supervisord returns once it serves requests, and its programs live on", async () => {
    const { folder, file } = withConfig("");
    writeFileSync(file, configAround(folder, SLEEPER));
    const { status, stdout, stderr } = await supervisord(folder, "-c", file);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    const rpc = createRpcClient({ kind: "unix", path: join(folder, "s.sock") });
    const daemon = Number(readFileSync(join(folder, "supervisord.pid"), "utf8"));
    onTestFinished(() => {
      if (isAlive(daemon)) process.kill(daemon, "SIGTERM");
    });
    const { pid, statename } = await rpc.getProcessInfo("web");
    expect({ statename, alive: isAlive(pid) }).toEqual({ statename: "RUNNING", alive: true });
    await rpc.call("supervisor.shutdown", []);
    await expect.poll(() => [isAlive(pid), isAlive(daemon)], { timeout: 5000 }).toEqual([false, false]);
  });
});

describe("a second daemon", () => {
  test("on the same configuration is refused, and the first is not disturbed", async () => {
    const first = await startDaemon(SLEEPER);
    const before = await first.rpc.getProcessInfo("web");
    const { status, stderr } = await supervisord(first.folder, "-n", "-c", first.configFile);
    expect(status).toBe(2);
    expect(stderr).toContain(`supervisord is already running with ${first.configFile}`);
    expect((await first.rpc.getProcessInfo("web")).pid).toBe(before.pid);
  });

  test("on the socket of another configuration is refused", async () => {
    const first = await startDaemon(SLEEPER);
    const second = join(first.folder, "second.conf");
    writeFileSync(second, readFileSync(first.configFile));
    const { status, stderr } = await supervisord(first.folder, "-n", "-c", second);
    expect(status).toBe(2);
    expect(stderr).toContain(`Another program is already listening on unix://${first.socket}`);
    expect((await first.rpc.getProcessInfo("web")).statename).toBe("RUNNING");
  });

  test("takes over the sockets of one that was killed", async () => {
    const first = await startDaemon("");
    first.process.kill("SIGKILL");
    await first.ended;
    const second = await startDaemonOn(first.folder, first.configFile);
    expect(await second.rpc.call("supervisor.getState", [])).toEqual({ statecode: 1, statename: "RUNNING" });
  });
});

test("[supervisord] user= is the user of daemon and programs, without root's groups; only root can ask for it", async () => {
  const folder = scratchFolder();
  await run("chmod", ["1777", folder]);
  const file = join(folder, "supervisord.conf");
  const text = configAround(folder, "[program:who]\ncommand=/usr/bin/id\nstartsecs=0\nautorestart=false\n");
  writeFileSync(file, text.replace("[supervisord]", "[supervisord]\nuser=nobody"));
  if (process.getuid?.() !== 0) {
    const { status, stderr } = await supervisord(folder, "-n", "-c", file);
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Can't drop privilege"),
    });
    return;
  }
  const daemon = await startDaemonOn(folder, file);
  await watch(daemon.address).state("who", "EXITED");
  const { stdout_logfile } = await daemon.rpc.getProcessInfo("who");
  expect(readFileSync(stdout_logfile, "utf8")).toMatch(
    /^uid=\d+\(nobody\) gid=\d+\(nogroup\) groups=\d+\(nogroup\)$/m,
  );
});

test("a TCP port beyond this machine is not opened without a password; the rest runs", async () => {
  const folder = scratchFolder();
  const file = join(folder, "supervisord.conf");
  const port = await freePort();
  writeFileSync(file, `${configAround(folder, SLEEPER)}\n[inet_http_server]\nport=*:${port}\n`);
  const daemon = await startDaemonOn(folder, file);
  expect(daemon.output()).toContain(`port ${port} is not opened on every interface`);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  await watch(daemon.address).state("web", "RUNNING");
});

describe("--plan", () => {
  test("prints what would be started and starts nothing", async () => {
    const { folder, file } = withConfig(
      "[unix_http_server]\nfile=FOLDER/s.sock\n[supervisord]\n[program:web]\ncommand=/bin/cat -n\ndirectory=/usr\n",
    );
    const { status, stdout } = await supervisord(folder, "--plan", "-c", file);
    expect(status).toBe(0);
    const plan = JSON.parse(stdout) as Plan;
    expect(plan.programs).toEqual([
      {
        group: "web",
        name: "web",
        command: "/bin/cat -n",
        directory: "/usr",
        user: null,
        autostart: true,
        place: { file, line: 5, column: 1, endLine: 5, endColumn: 20 },
        ports: [],
      },
    ]);
    expect(plan).toMatchObject({
      configFile: file,
      files: [file],
      refusal: null,
      ownServer: `unix://${folder}/s.sock`,
    });
    expect(plan.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test("tells why a broken configuration is refused", async () => {
    const { folder, file } = withConfig("[supervisord]\n[program:web]\n");
    const plan = JSON.parse((await supervisord(folder, "--plan", "-c", file)).stdout) as Plan;
    expect(plan.digest).toBeNull();
    expect(plan.refusal).toContain("program section program:web does not specify a command");
    expect(plan.problems).toContainEqual(expect.objectContaining({ severity: "error", line: 2 }));
  });

  test("shows the digest that a start may insist on", async () => {
    const { folder, file } = withConfig(
      `[supervisord]\nlogfile=FOLDER/d.log\npidfile=FOLDER/d.pid\n${SLEEPER}`,
    );
    const { digest } = JSON.parse((await supervisord(folder, "--plan", "-c", file)).stdout) as Plan;
    writeFileSync(file, `${readFileSync(file, "utf8")}[program:evil]\ncommand=/bin/cat\n`);
    const { status, stderr } = await supervisord(folder, "-c", file, "--expect-digest", String(digest));
    expect(status).toBe(2);
    expect(stderr).toContain(`${file} has changed since it was agreed to`);
  });
});

test("the control socket and its folder are private", async () => {
  const daemon = await startDaemon("");
  const { path, controlSocket } = runtimeFolder(daemon.configFile, testEnvironment(daemon.folder));
  const { stdout } = await run("stat", ["-c", "%a", path, controlSocket, daemon.socket]);
  expect(stdout).toBe("700\n700\n700\n");
});

test("a change of the configuration on disk is told at once, and a reread takes note of it", async () => {
  const daemon = await startDaemon(SLEEPER);
  const events = watch(daemon.address);
  await events.next("snapshot");
  writeFileSync(
    daemon.configFile,
    configAround(daemon.folder, `${SLEEPER}[program:more]\ncommand=/bin/cat\n`),
  );
  const changed = await events.next("server", ({ server }) => server.configChanged);
  expect(changed.type).toBe("server");
  expect(await daemon.rpc.call("supervisor.reloadConfig", [])).toEqual([[["more"], [], []]]);
  writeFileSync(daemon.configFile, "[supervisord]\n[program:web]\n");
  await expect(daemon.rpc.call("supervisor.reloadConfig", [])).rejects.toThrow(
    /CANT_REREAD: .*does not specify a command/,
  );
  expect((await daemon.rpc.getProcessInfo("web")).statename).toBe("RUNNING");
});
