import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { configAround, startDaemon, testEnvironment } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const PROGRAM = resolve("dist/extension/supervisord-mcp.cjs");

const PROGRAMS = `
[program:web]
command=sh -c 'echo one; echo TWO ERROR; echo bad >&2; exec sleep 1000'
environment=SECRET="hunter2"
startsecs=0
[program:nap]
command=sleep 1000
autostart=false
startsecs=0
`;

test("an agent lists, reads, starts and stops the programs of our daemon", async () => {
  const { folder } = await startDaemon(PROGRAMS);
  const agent = await connect(folder);
  await useAll(agent);
  expect(agent.received()).not.toContain("hunter2");
});

test("the same works for Debian's supervisord", async () => {
  const folder = scratchFolder();
  const file = join(folder, "supervisord.conf");
  writeFileSync(file, configAround(folder, PROGRAMS));
  await startRealSupervisord(folder, file);
  await useAll(await connect(folder));
});

test("a configuration that nobody runs is told of, and can be validated", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "supervisord.conf"), "[supervisord]\n[program:web]\ncomand=x\n");
  const agent = await connect(folder);
  expect(await agent.use("list_programs")).toMatchObject([{ running: false }]);
  expect(await agent.use("validate_configuration")).toMatchObject([
    {
      accepted: false,
      problems: expect.arrayContaining([expect.stringMatching(/supervisord\.conf:3:1: .*comand/)]),
    },
  ]);
  await expect(agent.use("stop_program", { program: "web" })).rejects.toThrow("supervisord is not running");
});

test("an agent sees servers that it is told of by address, and is told why it cannot use one", async () => {
  const port = await freePort();
  const login = `[inet_http_server]\nport=127.0.0.1:${port}\nusername=me\npassword=swordfish\n`;
  const { socket, folder } = await startDaemon(`${login}${PROGRAMS}`);
  const [open, locked, nobody] = [`unix://${socket}`, `http://127.0.0.1:${port}`, `unix://${folder}/none`];
  const addresses = [open, locked, nobody].flatMap((address) => ["--server", address]);
  const agent = await connect(scratchFolder(), addresses);
  expect(await agent.use("list_programs")).toMatchObject([
    { configuration: open, running: true, programs: [{ program: "nap" }, { program: "web" }] },
    { configuration: locked, running: false, reason: expect.stringContaining("use the editor's own tools") },
    { configuration: nobody, running: false, reason: "Nothing answers there." },
  ]);
  expect(await agent.use("restart_program", { program: "nap" })).toMatchObject({ problems: [] });
  await expect(agent.use("stop_program", { program: "nap", configuration: locked })).rejects.toThrow(
    "It needs a password",
  );
  await expect(agent.use("validate_configuration")).rejects.toThrow("have no configuration here");
  expect(agent.received()).not.toContain("swordfish");
});

test("what several servers have is stopped only where an agent says at which", async () => {
  const [one, other] = [await startDaemon(PROGRAMS), await startDaemon(PROGRAMS)];
  const agent = await connect(one.folder, ["--folder", one.folder, "--server", `unix://${other.socket}`]);
  await expect(agent.use("stop_program", { program: "web" })).rejects.toThrow(
    `web is in several: give configuration, one of ${one.configFile}, unix://${other.socket}.`,
  );
  await agent.use("stop_program", { program: "web", configuration: `unix://${other.socket}` });
  const stateAt = async ({ rpc }: typeof one) => (await rpc.getProcessInfo("web")).statename;
  expect([await stateAt(one), await stateAt(other)]).toEqual(["RUNNING", "STOPPED"]);
  expect(await agent.use("search_logs", { grep: "TWO", limit: 1 })).toMatchObject({
    matches: [{ configuration: one.configFile }],
  });
});

test("a password on the command line is refused", async () => {
  const args = [PROGRAM, "--server", "http://me:swordfish@127.0.0.1:9001"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  const words = await text(child.stderr);
  expect(words).toBe(
    "Error: --server http://127.0.0.1:9001 takes no user name and password: others could read them.\n",
  );
});

async function useAll(agent: Agent): Promise<void> {
  const { use } = agent;
  expect(await use("list_programs")).toMatchObject([
    {
      running: true,
      programs: [
        { program: "nap", state: "STOPPED" },
        { program: "web", state: "RUNNING", pid: expect.any(Number) },
      ],
    },
  ]);
  await expect.poll(() => use("read_log", { program: "web" })).toMatchObject({ lines: ["one", "TWO ERROR"] });
  expect(await use("read_log", { program: "web", grep: "error" })).toEqual({
    lines: ["TWO ERROR"],
    next: 14,
  });
  expect(await use("search_logs", { grep: "error" })).toEqual({
    matches: [{ program: "web", channel: "stdout", lines: ["TWO ERROR"] }],
  });
  expect(await use("read_log", { program: "web", since: 4 })).toEqual({ lines: ["TWO ERROR"], next: 14 });
  expect(await use("read_log", { program: "web", since: 14 })).toEqual({ lines: [], next: 14 });
  expect(await use("read_log", { program: "web", channel: "stderr", limit: 1 })).toMatchObject({
    lines: ["bad"],
  });
  expect(await use("start_program", { program: "nap" })).toMatchObject({ programs: [{ state: "RUNNING" }] });
  expect(await use("restart_program", { program: "nap" })).toMatchObject({ problems: [] });
  expect(await use("stop_program", { program: "nap" })).toMatchObject({ programs: [{ state: "STOPPED" }] });
  expect(await use("program_status", { program: "web" })).toMatchObject({ lastStderr: ["bad"] });
  await expect(use("stop_program", { program: "wbe" })).rejects.toThrow(
    "There is no program wbe. There are nap, web.",
  );
}

type Agent = {
  /** Uses a tool; resolves with its answer, rejects with its refusal. */
  readonly use: (name: string, input?: object) => Promise<unknown>;
  /** All that the server ever said. */
  readonly received: () => string;
};

/** A client of the Model Context Protocol on the bundled server. */
async function connect(folder: string, args: readonly string[] = []): Promise<Agent> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env: testEnvironment(folder) });
  const ended = new Promise((done) => child.on("close", done));
  onTestFinished(async () => {
    child.stdin.end();
    await ended;
  });
  const waiting = new Map<number, (message: Answer) => void>();
  let received = "";
  createInterface(child.stdout).on("line", (line) => {
    received += line;
    const message: Answer = JSON.parse(line);
    waiting.get(message.id)?.(message);
  });
  let last = 0;
  const ask = (method: string, params: object): Promise<Answer> => {
    const id = ++last;
    const answered = new Promise<Answer>((done) => waiting.set(id, done));
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return answered;
  };
  const clientInfo = { name: "test", version: "1" };
  await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
  child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
  return {
    use: async (name, input = {}) => {
      const { result } = await ask("tools/call", { name, arguments: input });
      const text = result.content[0]?.text ?? "";
      if (result.isError) throw new Error(text);
      return JSON.parse(text);
    },
    received: () => received,
  };
}

type Answer = {
  readonly id: number;
  readonly result: { readonly isError?: boolean; readonly content: readonly { readonly text: string }[] };
};
