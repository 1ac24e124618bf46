import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { crash } from "../helpers/crash.ts";
import {
  configAround,
  type EventLog,
  startDaemon,
  startDaemonOn,
  type TestDaemon,
  watch,
} from "../helpers/daemon.ts";
import { startPair } from "../helpers/pair.ts";
import { scratchFolder } from "../helpers/scratch.ts";
import { isFree, survivorsIn, TREE_NAMES, type TreeName, treePrograms } from "../helpers/trees.ts";

type Stage = {
  readonly daemon: TestDaemon;
  readonly events: EventLog;
  readonly ports: ReadonlyMap<TreeName, number>;
};

/** Programs that listen, each through another kind of tree, all up. */
async function setUp(options = ""): Promise<Stage> {
  const folder = scratchFolder();
  const { config, ports } = await treePrograms(folder, options);
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, config));
  const daemon = await startDaemonOn(folder, configFile);
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  await Promise.all(TREE_NAMES.map((name) => listens(events, name, 1)));
  return { daemon, events, ports };
}

/** Resolves once the program has said so that many times. */
async function listens(events: EventLog, name: TreeName, times: number): Promise<void> {
  const said = () => events.text(name).split("\n");
  await expect
    .poll(() => [name, ...said().filter((line) => line !== "")], { timeout: 20_000 })
    .toEqual([name, ...Array.from({ length: times }, () => "listens")]);
}

async function freePorts(ports: ReadonlyMap<TreeName, number>): Promise<TreeName[]> {
  const free: TreeName[] = [];
  for (const [name, port] of ports) if (await isFree(port)) free.push(name);
  return free;
}

describe("with stop_tree, of all that programs started", () => {
  test("nothing is left when they are stopped, and their ports are free at once", async () => {
    const { daemon, ports } = await setUp();
    expect(survivorsIn(daemon.folder).length).toBeGreaterThanOrEqual(12);
    await Promise.all(
      TREE_NAMES.map(async (name) => {
        await daemon.rpc.stopProcess(name);
        expect(await isFree(ports.get(name) ?? 0), name).toBe(true);
      }),
    );
    expect(survivorsIn(daemon.folder)).toEqual([]);
  });

  test("one of each is there after a restart", async () => {
    const { daemon, events } = await setUp();
    const before = survivorsIn(daemon.folder);
    await Promise.all(
      TREE_NAMES.map(async (name) => {
        await daemon.rpc.stopProcess(name);
        await daemon.rpc.startProcess(name);
        await listens(events, name, 2);
      }),
    );
    const after = survivorsIn(daemon.folder);
    expect(after.length).toBe(before.length);
    expect(after.filter(({ pid }) => before.some((one) => one.pid === pid))).toEqual([]);
  });

  test("nothing is left when the daemon is terminated", async () => {
    const { daemon, ports } = await setUp();
    daemon.process.kill("SIGTERM");
    expect(await daemon.ended).toBe(0);
    expect(await freePorts(ports)).toEqual(TREE_NAMES);
    expect(survivorsIn(daemon.folder)).toEqual([]);
  });

  test("one of each is there after the daemon is told to start over", async () => {
    const { daemon, events } = await setUp();
    const before = survivorsIn(daemon.folder);
    daemon.process.kill("SIGHUP");
    await Promise.all(TREE_NAMES.map((name) => listens(events, name, 2)));
    const after = survivorsIn(daemon.folder);
    expect(after.length).toBe(before.length);
    expect(after.filter(({ pid }) => before.some((one) => one.pid === pid))).toEqual([]);
  });

  test("nothing stands in the way of the next run when they crash", async () => {
    const { daemon, events } = await setUp("autorestart=true");
    const before = survivorsIn(daemon.folder);
    for (const name of TREE_NAMES) process.kill((await daemon.rpc.getProcessInfo(name)).pid, "SIGKILL");
    await Promise.all(TREE_NAMES.map((name) => listens(events, name, 2)));
    for (const name of TREE_NAMES) expect(events.text(name)).not.toContain("no port");
    const after = survivorsIn(daemon.folder);
    expect(after.filter(({ pid }) => before.some((one) => one.pid === pid))).toEqual([]);
  });
});

describe("what a program left behind", () => {
  test("and what ignores its stop signal is killed after stopwaitsecs, and said to be", async () => {
    const daemon = await startDaemon(
      leaving(`setsid /bin/sh -c 'trap "" TERM; echo up; while :; do sleep 0.1; done'`),
    );
    const events = await up(daemon);
    const before = performance.now();
    await daemon.rpc.stopProcess("web");
    expect(performance.now() - before).toBeGreaterThan(900);
    expect(survivorsIn(daemon.folder)).toEqual([]);
    expect(events.events).toContainEqual(
      expect.objectContaining({
        process: expect.objectContaining({
          state: "STOPPING",
          pid: null,
          leftovers: expect.arrayContaining([
            expect.objectContaining({ command: expect.stringContaining("trap") }),
          ]),
        }),
      }),
    );
    expect(daemon.output()).toMatch(/INFO stopping what web left behind: pid \d+ \(\/bin\/sh -c trap.*\)/);
    expect(daemon.output()).toMatch(/WARN killing what web left behind with SIGKILL: pid \d+/);
  });

  test.runIf(process.getuid?.() === 0)(
    "and what may not be killed is named, and keeps nobody waiting",
    async () => {
      const folder = scratchFolder();
      const configFile = join(folder, "supervisord.conf");
      const stranger = "setpriv --reuid=65534 --clear-groups /bin/sh -c 'echo up; exec sleep 1000'";
      writeFileSync(configFile, configAround(folder, leaving(stranger)));
      const withoutKill = ["setpriv", "--bounding-set=-kill", "--inh-caps=-kill", "--ambient-caps=-all"];
      const daemon = await startDaemonOn(folder, configFile, [], {}, withoutKill);
      const events = await up(daemon);
      const fault: unknown = await daemon.rpc.stopProcess("web").catch((error: unknown) => error);
      const [survivor] = survivorsIn(folder);
      const named = `pid ${survivor?.pid} (sleep 1000)`;
      expect(String(fault)).toContain(`FAILED: web is stopped, but what it left behind cannot be: ${named}`);
      const told = await events.next("server", ({ server }) => server.faults.length > 0);
      const message = `cannot stop what web left behind, stop it by hand: ${named}`;
      expect(told.server.faults).toMatchObject([{ where: "web:web", message }]);
      expect(daemon.output()).toContain(`ERRO ${message}`);
      expect((await daemon.rpc.getProcessInfo("web")).statename).toBe("STOPPED");
      process.kill(survivor?.pid ?? 0, "SIGKILL");
      await daemon.rpc.startProcess("web");
      await events.next("server", ({ server }) => server.faults.length === 0 && server.pid > 0);
      // Nor can this daemon end what the second run started.
      await daemon.rpc.stopProcess("web").catch(() => null);
      for (const { pid } of survivorsIn(folder)) process.kill(pid, "SIGKILL");
    },
  );

  test("of another run is left alone, though it stands in the same session", async () => {
    const daemon = await startDaemon(
      leaving("env SUPERVISORD_RUN=0:other:other:0 /bin/sh -c 'echo up; exec sleep 1000'"),
    );
    await up(daemon);
    await daemon.rpc.stopProcess("web");
    expect(survivorsIn(daemon.folder)).toMatchObject([{ command: expect.stringContaining("sleep 1000") }]);
  });

  test("stays with stop_tree=false, as with Supervisor", async () => {
    const pair = await startPair(
      `${leaving("setsid /bin/sh -c 'echo up; exec sleep 1000'")}stop_tree=false\n`,
    );
    for (const { folder, socket } of [pair.ours, pair.real]) {
      const rpc = createRpcClient({ kind: "unix", path: socket });
      await expect.poll(() => rpc.readProcessStdoutLog("web", 0, 0)).toBe("up\n");
      await rpc.stopProcess("web");
      expect(survivorsIn(folder)).toMatchObject([{ command: expect.stringContaining("sleep 1000") }]);
    }
  });
});

/** A program that starts something and goes on, and says `up` once that is there. */
function leaving(command: string): string {
  return `[program:web]
command=/bin/sh -c '${command.replaceAll("'", `'"'"'`)} & exec sleep 1001'
environment=FOLDER="%(here)s"
startsecs=0
stopwaitsecs=1
`;
}

async function up(daemon: TestDaemon): Promise<EventLog> {
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  await expect.poll(() => events.text("web")).toContain("up");
  return events;
}

describe("after a crash of the daemon, of all that programs started", () => {
  test("nothing is left when the next daemon stops them, and their ports are free at once", async () => {
    const { daemon, ports } = await setUp();
    const before = survivorsIn(daemon.folder);
    const pids = await pidsOf(daemon);
    await crash(daemon);
    const next = await startDaemonOn(daemon.folder, daemon.configFile);
    expect(await pidsOf(next)).toEqual(pids);
    expect(survivorsIn(next.folder)).toHaveLength(before.length);
    await Promise.all(
      TREE_NAMES.map(async (name) => {
        await next.rpc.stopProcess(name);
        expect(await isFree(ports.get(name) ?? 0), name).toBe(true);
      }),
    );
    expect(survivorsIn(next.folder)).toEqual([]);
  });

  test("nothing stands in the way of programs that died meanwhile", async () => {
    const { daemon, ports } = await setUp("autorestart=true");
    const before = survivorsIn(daemon.folder);
    const pids = await pidsOf(daemon);
    await crash(daemon);
    for (const pid of pids) process.kill(pid, "SIGKILL");
    const next = await startDaemonOn(daemon.folder, daemon.configFile);
    const events = watch(next.address, { logs: ["stdout"], history: 1000 });
    await Promise.all(TREE_NAMES.map((name) => listens(events, name, 2)));
    for (const name of TREE_NAMES) expect(events.text(name)).not.toContain("no port");
    const after = survivorsIn(next.folder);
    expect(after.filter(({ pid }) => before.some((one) => one.pid === pid))).toEqual([]);
    await next.rpc.stopAllProcesses();
    expect(await freePorts(ports)).toEqual(TREE_NAMES);
    expect(survivorsIn(next.folder)).toEqual([]);
  });
});

async function pidsOf(daemon: TestDaemon): Promise<number[]> {
  const infos = await daemon.rpc.getAllProcessInfo();
  return infos.map(({ pid }) => pid);
}
