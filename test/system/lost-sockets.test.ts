import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import {
  configAround,
  startDaemon,
  startDaemonOn,
  type TestDaemon,
  testEnvironment,
  watch,
} from "../helpers/daemon.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const PROGRAMS = `[program:web]
command=/bin/sh -c 'while read line; do echo "heard $line"; done'
startsecs=0
[program:late]
command=/bin/sh -c 'echo here; exec sleep 1000'
startsecs=0
autostart=false
`;

function placesOf(daemon: TestDaemon): ReturnType<typeof runtimeFolder> {
  return runtimeFolder(daemon.configFile, testEnvironment(daemon.folder));
}

/** Resolves once a fault begins to be told, and once none is left after it. */
async function faultPasses(events: ReturnType<typeof watch>, words: RegExp): Promise<void> {
  const told = await events.next("server", ({ server }) =>
    server.faults.some(({ message }) => words.test(message)),
  );
  const from = events.events.indexOf(told);
  await events.next(
    "server",
    (event) => events.events.indexOf(event) > from && event.server.faults.length === 0,
  );
}

/** A client of the socket at a path, once it is there: what removes a folder may see it come back, and remove it again. */
async function clientAt(path: string): Promise<RpcClient> {
  const rpc = createRpcClient({ kind: "unix", path });
  const state = () => rpc.getState().then(({ statename }) => statename, String);
  await expect.poll(state, { timeout: 10_000 }).toBe("RUNNING");
  return rpc;
}

test("a socket file that is deleted comes back, with its mode, while connections and programs go on", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const { controlSocket } = placesOf(daemon);
  const pid = (await daemon.rpc.getProcessInfo("web")).pid;
  for (const [socket, follower] of [
    [daemon.socket, controlSocket],
    [controlSocket, daemon.socket],
  ] as const) {
    const events = watch({ kind: "unix", path: follower });
    const own = watch({ kind: "unix", path: socket });
    await Promise.all([events.next("snapshot"), own.next("snapshot")]);
    rmSync(socket);
    await faultPasses(events, /was removed or replaced/);
    expect(statSync(socket).mode & 0o777).toBe(0o700);
    expect((await createRpcClient({ kind: "unix", path: socket }).getProcessInfo("web")).pid).toBe(pid);
    // The stream that stood before is the one that tells of it.
    await faultPasses(own, /was removed or replaced/);
    expect(own.events.filter(({ type }) => type === "snapshot")).toHaveLength(1);
  }
  const said = daemon.output().match(/ERRO socket .* was removed or replaced/g) ?? [];
  expect(said).toHaveLength(2);
});

test("after its runtime folder was deleted the daemon answers, its programs talk and new ones start", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const { path, controlSocket } = placesOf(daemon);
  const events = watch(daemon.address, { logs: ["stdout"] });
  const { pid } = await daemon.rpc.getProcessInfo("web");
  rmSync(path, { recursive: true, maxRetries: 50, retryDelay: 1 });
  await faultPasses(events, /control\.sock was removed/);
  const rpc = await clientAt(controlSocket);
  await rpc.sendProcessStdin("web", "me\n");
  await events.next("log", ({ text }) => text.includes("heard me"));
  await rpc.startProcess("late");
  await events.next("log", ({ text }) => text.includes("here"));
  expect((await rpc.getProcessInfo("web")).pid).toBe(pid);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test("after its runtime folder was deleted a daemon that is killed still leaves its programs to the next one", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const { path } = placesOf(daemon);
  const events = watch(daemon.address);
  const { pid } = await daemon.rpc.getProcessInfo("web");
  rmSync(path, { recursive: true, maxRetries: 50, retryDelay: 1 });
  await faultPasses(events, /control\.sock was removed/);
  await expect.poll(() => existsSync(join(path, "logger.sock"))).toBe(true);
  daemon.process.kill("SIGKILL");
  await daemon.ended;
  const next = await startDaemonOn(daemon.folder, daemon.configFile);
  expect((await next.rpc.getProcessInfo("web")).pid).toBe(pid);
  const heard = watch(next.address, { logs: ["stdout"] });
  await next.rpc.sendProcessStdin("web", "the next\n");
  await heard.next("log", ({ text }) => text.includes("heard the next"));
  expect(loggersOf(daemon.folder)).toHaveLength(1);
});

test("a socket whose folder is gone comes back with the folder", async () => {
  const scratch = scratchFolder();
  const folder = join(scratch, "sockets");
  mkdirSync(folder);
  const configFile = join(scratch, "supervisord.conf");
  writeFileSync(configFile, configAround(scratch, PROGRAMS).replaceAll("/s.sock", "/sockets/s.sock"));
  const daemon = await startDaemonOn(scratch, configFile);
  const { controlSocket } = placesOf(daemon);
  const events = watch({ kind: "unix", path: controlSocket });
  await events.next("snapshot");
  // The socket may be back before its folder is removed.
  rmSync(folder, { recursive: true, maxRetries: 50, retryDelay: 1 });
  await events.next("server", ({ server }) =>
    /cannot connect to .*s\.sock: .*ENOENT/.test(server.faults[0]?.message ?? ""),
  );
  mkdirSync(folder);
  await faultPasses(events, /s\.sock/);
  await clientAt(join(folder, "s.sock"));
});

test("what others put in the place of a socket is left alone, and the socket comes back when it has gone", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const events = watch({ kind: "unix", path: placesOf(daemon).controlSocket });
  await events.next("snapshot");
  writeFileSync(`${daemon.folder}/note`, "mine");
  renameSync(`${daemon.folder}/note`, daemon.socket);
  await events.next("server", ({ server }) => /no socket is there/.test(server.faults[0]?.message ?? ""));
  expect(statSync(daemon.socket).size).toBe(4);
  rmSync(daemon.socket);
  await faultPasses(events, /no socket is there/);
  const other = createServer().listen(`${daemon.folder}/other.sock`);
  renameSync(`${daemon.folder}/other.sock`, daemon.socket);
  await events.next("server", ({ server }) => /already listening/.test(server.faults[0]?.message ?? ""));
  daemon.process.kill("SIGTERM");
  await daemon.ended;
  expect(statSync(daemon.socket).isSocket()).toBe(true);
  other.close();
});

/** The loggers of daemons that keep their runtime folders in `folder`. */
function loggersOf(folder: string): string[] {
  return readdirSync("/proc").filter((name) => {
    try {
      const isLogger = readFileSync(`/proc/${name}/cmdline`, "utf8").startsWith("supervisord-logger");
      return isLogger && readFileSync(`/proc/${name}/environ`, "utf8").includes(folder);
    } catch {
      // Not a process, or none any more.
      return false;
    }
  });
}
