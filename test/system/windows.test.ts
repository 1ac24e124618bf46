import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { followEvents } from "../../daemon/client/event-stream.ts";
import type { WindowPolicy } from "../../daemon/protocol/window-policy.ts";
import {
  configAround,
  isAlive,
  startDaemon,
  startDaemonOn,
  type TestDaemon,
  watch,
} from "../helpers/daemon.ts";
import { scratchFolder } from "../helpers/scratch.ts";
import { isFree, survivorsIn, treePrograms } from "../helpers/trees.ts";

const SLEEPER = "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const SOON: WindowPolicy = { kind: "stop", afterSecs: 1 };

/** Opens a window: resolves, once it is connected, to how it closes. */
function openWindow({ address }: TestDaemon, window: WindowPolicy): Promise<() => void> {
  return new Promise((opened) => {
    const stream = followEvents(
      address,
      { window },
      { onEvent: () => opened(() => stream.close()), onStatus() {} },
    );
    onTestFinished(() => stream.close());
  });
}

/** Resolves once that long has passed without an end of the daemon. */
async function outlives({ ended }: TestDaemon, ms: number): Promise<void> {
  const passed = new Promise((done) => setTimeout(done, ms, "alive"));
  expect(await Promise.race([ended, passed])).toBe("alive");
}

test("when the last window has been gone for as long as it asked, the programs are stopped and the daemon ends", async () => {
  const daemon = await startDaemon(SLEEPER, ["--last-window", "keep"]);
  const { pid } = await daemon.rpc.getProcessInfo("web");
  const [closeFirst, closeSecond] = [await openWindow(daemon, SOON), await openWindow(daemon, SOON)];
  closeFirst();
  await outlives(daemon, 1500);
  closeSecond();
  expect(await daemon.ended).toBe(0);
  expect(isAlive(pid)).toBe(false);
  expect(daemon.output()).toContain("the last window of the editor has gone");
});

test("nothing that the programs started outlives the last window either, and their ports are free", async () => {
  const folder = scratchFolder();
  const { config, ports } = await treePrograms(folder);
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, config));
  const daemon = await startDaemonOn(folder, configFile, ["--last-window", "keep"]);
  const close = await openWindow(daemon, SOON);
  for (const port of ports.values())
    await vi.waitFor(async () => expect(await isFree(port)).toBe(false), 20_000);
  close();
  await daemon.ended;
  expect(survivorsIn(folder)).toEqual([]);
  for (const port of ports.values()) expect(await isFree(port)).toBe(true);
});

test("a window that comes back in time stops nothing, as one that is reloaded", async () => {
  const daemon = await startDaemon(SLEEPER, ["--last-window", "keep"]);
  (await openWindow(daemon, SOON))();
  const close = await openWindow(daemon, { kind: "keep" });
  await outlives(daemon, 1500);
  close();
  await outlives(daemon, 1500);
  expect((await daemon.rpc.getProcessInfo("web")).statename).toBe("RUNNING");
});

test("a daemon for an editor whose window never comes ends, too", async () => {
  const daemon = await startDaemon(SLEEPER, ["--last-window", "stop:1"]);
  expect(await daemon.ended).toBe(0);
});

test("a window that may only look does not decide", async () => {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, SLEEPER).replace("s.sock\n", "s.sock\nreadonly=true\n"));
  const daemon = await startDaemonOn(folder, configFile, ["--last-window", "keep"]);
  (await openWindow(daemon, SOON))();
  await outlives(daemon, 1500);
});

test("windows do not decide over a daemon that was started from the command line", async () => {
  const daemon = await startDaemon(SLEEPER);
  const { server } = await watch(daemon.address).next("snapshot");
  expect(server.isForEditor).toBe(false);
  (await openWindow(daemon, SOON))();
  await outlives(daemon, 1500);
});
