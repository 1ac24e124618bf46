import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, startDaemon, watch } from "../helpers/daemon.ts";
import { run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const PIDPROXY = resolve("dist/daemon/pidproxy.cjs");

/** A server that goes to the background by itself and leaves a pidfile; it notes the signals that it gets. */
const SERVER = `#!/bin/sh
cd "$(dirname "$0")"
(
  trap 'echo HUP >> signals' HUP
  trap 'echo USR1 >> signals' USR1
  trap 'echo TERM >> signals; exit 0' TERM
  echo ready >> signals
  while :; do sleep 0.05; done
) > /dev/null 2>&1 &
echo $! > server.pid
`;

type Proxied = {
  readonly folder: string;
  readonly proxy: ChildProcess;
  readonly ended: Promise<number | null>;
};

function proxied(tail: string): Proxied {
  const folder = scratchFolder();
  writeFileSync(join(folder, "server.sh"), SERVER + tail, { mode: 0o755 });
  const proxy = spawn(process.execPath, [PIDPROXY, "server.pid", "./server.sh"], {
    cwd: folder,
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((done) => proxy.on("close", done));
  onTestFinished(async () => {
    proxy.kill("SIGTERM");
    await ended;
  });
  return { folder, proxy, ended };
}

async function noted(folder: string, signal: string): Promise<void> {
  const file = join(folder, "signals");
  await expect
    .poll(() => (existsSync(file) ? readFileSync(file, "utf8") : ""), { timeout: 5000 })
    .toContain(`${signal}\n`);
}

test.each([
  ["that daemonizes", ""],
  ["whose wrapper stays and keeps signals to itself", "trap '' HUP USR1 TERM\nwait $!\n"],
])("signals reach a program %s, and its end is the end of the proxy", async (_, tail) => {
  const { folder, proxy, ended } = proxied(tail);
  await noted(folder, "ready");
  const pid = Number(readFileSync(join(folder, "server.pid"), "utf8"));
  for (const signal of ["HUP", "USR1", "TERM"] as const) {
    proxy.kill(`SIG${signal}`);
    await noted(folder, signal);
  }
  expect(await ended).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test("under the daemon, a program that daemonizes is stopped with it", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "server.sh"), SERVER, { mode: 0o755 });
  const command = `${process.execPath} ${PIDPROXY} ${folder}/server.pid ${folder}/server.sh`;
  const daemon = await startDaemon(`[program:server]\ncommand=${command}\nstartsecs=0\n`);
  await watch(daemon.address).state("server", "RUNNING");
  await noted(folder, "ready");
  const pid = Number(readFileSync(join(folder, "server.pid"), "utf8"));
  await daemon.rpc.call("supervisor.stopProcess", ["server"]);
  expect(isAlive(pid)).toBe(false);
});

test("ends with 0 however the command ended, like Supervisor's", async () => {
  const args = ["/no/pidfile", "/bin/sh", "-c", "exit 3"];
  const ours = await run(process.execPath, [PIDPROXY, ...args]);
  expect(ours.status).toBe((await run("/usr/bin/pidproxy", args)).status);
  expect(ours.status).toBe(0);
});

test("a signal without a pidfile is told, and the command runs on", async () => {
  const folder = scratchFolder();
  const proxy = spawn(process.execPath, [PIDPROXY, "server.pid", "/bin/sh", "-c", "echo up; read line"], {
    cwd: folder,
  });
  let output = "";
  proxy.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise((done) => proxy.on("close", done));
  await expect.poll(() => output).toBe("up\n");
  proxy.kill("SIGHUP");
  await expect.poll(() => output).toBe("up\nCan't read child pidfile server.pid!\n");
  proxy.stdin.end("end\n");
  expect(await ended).toBe(0);
});

test("without a command it explains itself and ends with 1", async () => {
  for (const args of [[], ["server.pid"]]) {
    const { status, stdout } = await run(process.execPath, [PIDPROXY, ...args]);
    expect({ status, usage: stdout.includes("Usage: pidproxy PIDFILE COMMAND") }).toEqual({
      status: 1,
      usage: true,
    });
  }
});
