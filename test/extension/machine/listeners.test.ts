import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { holderOf, listenersOf } from "../../../extension/machine/listeners.ts";
import {
  argumentsOf,
  executableOf,
  readProcess,
  readProcesses,
  run,
} from "../../../extension/machine/processes.ts";
import { parseLsof } from "../../../extension/model/ports/lsof.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("the ports of a process are seen with their addresses, as lsof sees them", async () => {
  const [four, six, all] = [await listen("127.0.0.1"), await listen("::1"), await listen("0.0.0.0")];
  const own = await listenersOf([process.pid]);
  const { pid } = process;
  expect(own).toEqual(
    expect.arrayContaining([
      { pid, port: four, address: "127.0.0.1" },
      { pid, port: six, address: "::1" },
      { pid, port: all, address: "0.0.0.0" },
    ]),
  );
  const told = parseLsof(
    await run("lsof", ["-nP", "-iTCP", "-sTCP:LISTEN", "-Fpn", "-a", "-p", String(pid)]),
  );
  const inOrder = (list: typeof own) => list.toSorted((a, b) => a.port - b.port);
  expect(inOrder(told)).toEqual(inOrder(own));
});

test("who holds a port is found, and nobody who does not", async () => {
  const port = await listen("127.0.0.1");
  expect(await holderOf(port)).toEqual({ kind: "process", pid: process.pid });
  await new Promise((done) => servers.pop()?.close(done));
  expect(await holderOf(port)).toBeNull();
});

test("a process is known by what it executes, and is gone once it has ended", async () => {
  const child = fork(import.meta.filename, ["--idle"], { execArgv: ["-e", "setInterval(() => {}, 1000)"] });
  const pid = child.pid ?? 0;
  try {
    await once(child, "spawn");
    await expect.poll(() => executableOf(pid)).toBe("node");
    expect(await argumentsOf(pid)).toContain("--idle");
    expect((await readProcesses()).find((one) => one.pid === pid)?.ppid).toBe(process.pid);
    expect((await readProcess(pid))?.startTime).toMatch(/\S/);
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(await readProcess(pid)).toBeNull();
});
