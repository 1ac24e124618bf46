import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configAround, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const SLEEPER = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";

async function startOn(config: (folder: string) => string, ...args: string[]): Promise<TestDaemon> {
  const folder = scratchFolder();
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, config(folder));
  return startDaemonOn(folder, file, args);
}

test("--allow-open-tcp opens a TCP port beyond this machine without a password", async () => {
  const port = await freePort();
  const config = (folder: string) => `${configAround(folder, SLEEPER)}\n[inet_http_server]\nport=*:${port}\n`;
  await startOn(config, "--allow-open-tcp");
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

test("secrets in a command are in no view of it, and the program has them", async () => {
  const program = `[program:web]\ncommand=/bin/sh -c 'echo "$0 $1"; exec sleep 1000' --db-password hunter2 http://me:hunter2@db/\nstartsecs=0\n`;
  const daemon = await startOn((folder) => configAround(folder, program));
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  const { processes } = await events.next("snapshot");
  expect(processes[0]?.command).toContain("--db-password *** http://me:***@db/");
  await events.next("log", ({ text }) => text.includes("hunter2"));
});
