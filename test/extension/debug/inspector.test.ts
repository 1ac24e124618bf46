import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { FoundDebuggee } from "../../../extension/debug/find-debuggees.ts";
import { inspectorOf, openInspector } from "../../../extension/debug/inspector.ts";
import { freePort } from "../../helpers/free-port.ts";

const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
});

/** A Node program with these options, up and waiting; as the extension finds it. */
async function node(...options: readonly string[]): Promise<FoundDebuggee> {
  const args = [...options, "-e", `setInterval(() => {}, 1000); console.log("up")`];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  await once(child.stdout, "data");
  const pid = child.pid ?? 0;
  const facts = { pid, executable: "node", args: ["node", ...args], nodeOptions: "" };
  return { pid, language: "node", label: "node app", isLauncher: false, facts };
}

test("a program that waits for a debugger at a free port is found there", async () => {
  const program = await node("--inspect=127.0.0.1:0");
  const port = await inspectorOf(program.pid);
  expect(port).toBeGreaterThan(0);
  expect(await openInspector(program)).toBe(port);
});

test("one that does not is asked to by a signal, and waits where its options say", async () => {
  const port = await freePort();
  const program = await node(`--inspect-port=127.0.0.1:${port}`);
  expect(await inspectorOf(program.pid)).toBeNull();
  expect(await openInspector(program)).toBe(port);
});

test("one whose port is taken is not asked, with a sentence", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    const program = await node(`--inspect-port=127.0.0.1:${port}`);
    await expect(openInspector(program)).rejects.toThrow(
      `Port ${port}, where node app would wait for the debugger, is taken`,
    );
    expect(children[0]?.exitCode).toBeNull();
  } finally {
    taken.close();
  }
});

test("one that the signal would kill is left alone, with a sentence", async () => {
  const program = await node("--disable-sigusr1");
  const silent = { ...program, facts: { ...program.facts, args: ["node"] } };
  await expect(openInspector(program)).rejects.toThrow("node app does not let a debugger in");
  // Nor if it does not say so: what it catches is looked at.
  await expect(openInspector(silent)).rejects.toThrow("node app does not let a debugger in");
  expect([children[0]?.exitCode, children[0]?.signalCode]).toEqual([null, null]);
});
