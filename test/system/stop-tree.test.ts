import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configAround, type EventLog, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
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
  await expect.poll(() => events.text(name).match(/listens/g)?.length ?? 0, { timeout: 20_000 }).toBe(times);
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
