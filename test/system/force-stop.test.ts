import { describe, expect, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { ask, type CtlStage, OURS, setRunningStage } from "../helpers/ctl-stage.ts";
import { configAround, type EventLog, startDaemon, type TestDaemon, watch } from "../helpers/daemon.ts";
import { survivorsIn } from "../helpers/trees.ts";

const DEAF = `trap "" TERM; echo deaf; while :; do sleep 0.1; done`;

/** A program that does not hear SIGTERM, with a child in another session that does not either. */
const PROGRAM = `[program:deaf]
command=/bin/sh -c 'setsid /bin/sh -c "$DEAF" & eval "$DEAF"'
environment=DEAF='${DEAF}',FOLDER="%(here)s"
startsecs=0
stopwaitsecs=20
`;

async function up(daemon: TestDaemon): Promise<EventLog> {
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  await expect.poll(() => events.text("deaf")).toBe("deaf\ndeaf\n");
  return events;
}

const stageOf = ({ folder, configFile }: TestDaemon): CtlStage => ({ folder, configFile, ctl: OURS });

describe("stop --force", () => {
  test("kills a program that does not stop, while it is being stopped, with all that it started", async () => {
    const daemon = await startDaemon(PROGRAM);
    const events = await up(daemon);
    await daemon.rpc.stopProcess("deaf", false);
    await events.state("deaf", "STOPPING");
    expect(await ask(stageOf(daemon), ["stop", "deaf"])).toMatchObject({
      stdout: "deaf: ERROR (not running)\n",
    });
    expect(await ask(stageOf(daemon), ["stop", "--force", "deaf"])).toMatchObject({
      status: 0,
      stdout: "deaf: stopped\n",
    });
    expect(survivorsIn(daemon.folder)).toEqual([]);
    expect(await ask(stageOf(daemon), ["stop", "--force", "deaf", "nobody"])).toMatchObject({
      status: 1,
      stdout: "deaf: ERROR (not running)\nnobody: ERROR (no such process)\n",
    });
  });

  test("kills what a program left behind, while that is being stopped", async () => {
    const daemon = await startDaemon(PROGRAM);
    const events = await up(daemon);
    process.kill((await daemon.rpc.getProcessInfo("deaf")).pid, "SIGKILL");
    await events.next("process", ({ process: { leftovers } }) => leftovers.length > 0);
    const before = performance.now();
    expect(await ask(stageOf(daemon), ["stop", "--force", "all"])).toMatchObject({
      stdout: expect.stringContaining("deaf: stopped"),
    });
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(survivorsIn(daemon.folder)).toEqual([]);
  });

  test("as a restart starts the program anew", async () => {
    const daemon = await startDaemon(PROGRAM);
    await up(daemon);
    const { pid } = await daemon.rpc.getProcessInfo("deaf");
    expect(await ask(stageOf(daemon), ["restart", "--force", "deaf:*"])).toMatchObject({
      stdout: expect.stringMatching(/deaf: started[\s\S]*deaf: stopped/),
    });
    expect((await daemon.rpc.getProcessInfo("deaf")).pid).not.toBe(pid);
    await ask(stageOf(daemon), ["stop", "--force", "all"]);
  });

  test("helps a daemon that waits for its programs to go down", async () => {
    const daemon = await startDaemon(PROGRAM);
    const events = await up(daemon);
    daemon.process.kill("SIGTERM");
    await events.state("deaf", "STOPPING");
    await daemon.rpc.call("supervisord.forceStopAllProcesses", []);
    expect(await daemon.ended).toBe(0);
    expect(survivorsIn(daemon.folder)).toEqual([]);
  });

  test("of a real supervisord kills the program itself", async () => {
    const stage = await setRunningStage(OURS, (folder) => configAround(folder, PROGRAM));
    const rpc = createRpcClient({ kind: "unix", path: `${stage.folder}/s.sock` });
    await expect.poll(() => rpc.readProcessStdoutLog("deaf", 0, 0)).toBe("deaf\ndeaf\n");
    expect(await ask(stage, ["stop", "--force", "deaf"])).toMatchObject({
      status: 0,
      stdout: "deaf: stopped\n",
    });
    await expect.poll(async () => (await rpc.getProcessInfo("deaf")).statename).toBe("STOPPED");
    expect(await ask(stage, ["stop", "--force", "deaf"])).toMatchObject({
      stdout: "deaf: ERROR (not running)\n",
    });
    expect(survivorsIn(stage.folder).length).toBeGreaterThan(0);
  });
});
