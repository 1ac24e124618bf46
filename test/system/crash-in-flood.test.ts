import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type CrashStage, crash, crashStage } from "../helpers/crash.ts";
import type { TestDaemon } from "../helpers/daemon.ts";
import { floodPrograms, readFloodLog } from "../helpers/flood.ts";

const PROGRAMS = 20;
const BYTES_PER_SECOND = 50_000_000;
const ROUNDS = 3;

describe("20 programs that write 50 MB a second keep their pids, and every line is in a log once", () => {
  test(`when the daemon is killed ${ROUNDS} times`, () => survive(crash));

  test(`when the daemon hands over ${ROUNDS} times`, () => survive(handOver));

  test(`when the daemon starts over ${ROUNDS} times and keeps them`, async () => {
    const stage = crashStage(floodPrograms(PROGRAMS, BYTES_PER_SECOND), "info");
    const daemon = await stage.start();
    const before = stage.marked().sort();
    for (let i = 0; i < ROUNDS; i++) {
      await wait(100);
      await reloadKeep(daemon);
      expect(stage.marked().sort()).toEqual(before);
    }
    await expectWhole(stage, daemon);
  });
});

async function survive(end: (daemon: TestDaemon) => Promise<void>): Promise<void> {
  const stage = crashStage(floodPrograms(PROGRAMS, BYTES_PER_SECOND), "info");
  let daemon = await stage.start();
  const before = await pidsOf(daemon);
  for (let i = 0; i < ROUNDS; i++) {
    // In the middle of the flood: there is nothing to wait for.
    await wait(100 + 50 * i);
    await end(daemon);
    daemon = await stage.start();
    expect(await pidsOf(daemon)).toEqual(before);
    expect(stage.marked().sort()).toEqual([...before].sort());
  }
  await expectWhole(stage, daemon);
}

async function handOver(daemon: TestDaemon): Promise<void> {
  await daemon.rpc.handOver();
  expect(await daemon.ended).toBe(0);
}

/** Resolves when the daemon has started over. */
async function reloadKeep(daemon: TestDaemon): Promise<void> {
  const startsBefore = starts(daemon);
  await daemon.rpc.reloadKeep();
  await expect.poll(() => starts(daemon), { timeout: 10_000 }).toBe(startsBefore + 1);
  await expect
    .poll(() => daemon.rpc.getState().catch(() => null), { timeout: 10_000 })
    .toMatchObject({ statecode: 1 });
}

function starts(daemon: TestDaemon): number {
  return daemon.output().split("supervisord started with pid").length;
}

async function pidsOf({ rpc }: TestDaemon): Promise<number[]> {
  const infos = await rpc.getAllProcessInfo();
  expect(infos.map(({ statename }) => statename)).toEqual(infos.map(() => "RUNNING"));
  return infos.map(({ pid }) => pid);
}

async function expectWhole({ folder }: CrashStage, daemon: TestDaemon): Promise<void> {
  await daemon.rpc.stopAllProcesses();
  for (let i = 0; i < PROGRAMS; i++) {
    const log = await readFloodLog(join(folder, `flood_${String(i).padStart(2, "0")}.log`));
    expect(log).toMatchObject({ missing: 0, repeated: 0 });
    expect(log.lines).toBeGreaterThan(1000);
  }
}
