import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { configAround, startDaemon, startDaemonOn, watch } from "../helpers/daemon.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { listenerCommand, recordedEvents, untilRecorded } from "../helpers/recorded-events.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const pool = (name: string, script: string, options = "") =>
  `[eventlistener:${name}]\ncommand=/bin/sh -c '${script}'\nevents=REMOTE_COMMUNICATION\nstartsecs=0\n${options}\n`;

/**
 * Listeners that break the protocol in one way each. Their priorities differ: Supervisor takes listeners of the same
 * priority for each other, and gives an event that one refused to the others' pools too.
 */
const MISBEHAVING = [
  pool("babbling", "echo hello; exec sleep 1000", "priority=1"),
  pool("eager", "echo READY; echo READY; exec sleep 1000", "priority=2"),
  pool("misspelt", 'echo READY; read line; echo "RESULT many"; exec sleep 1000', "priority=3"),
  pool("binary", 'echo READY; read line; printf "RESULT \\\\377\\n"; exec sleep 1000'),
  pool("silent", "echo READY; read line; exec sleep 1000", "priority=5\nbuffer_size=2"),
  pool(
    "refusing",
    'echo READY; read line; read rest; printf "RESULT 4\\nFAIL"; exec sleep 1000',
    "priority=6",
  ),
  pool(
    "empty",
    'echo READY; read line; read rest; printf "RESULT 0\\nREADY\\n"; exec sleep 1000',
    "priority=7",
  ),
  pool(
    "spaced",
    'echo READY; read line; read rest; printf "RESULT  +2 \\nOK"; exec sleep 1000',
    "priority=8",
  ),
  pool("partial", 'echo READY; read line; read rest; printf "RESULT 9\\nOK"; exec sleep 1000', "priority=9"),
  pool(
    "nameless",
    'echo READY; read line; read rest; printf "abcdefg2\\nOK"; exec sleep 1000',
    "priority=10",
  ),
  pool(
    "late",
    'echo READY; read line; read rest; printf "RESULT 2\\nOKtoo much"; exec sleep 1000',
    "priority=11",
  ),
].join("");

/** What the daemon says of listeners, in its log. */
const SAID = /WARN (?:\w+: .*)$|ERRO pool .*$|DEBG \w+: (?:event was processed|.* -> .*)$/;

describe("a listener that breaks the protocol", () => {
  test("is spoken of as the real supervisord does", async () => {
    const [ours, theirs] = [prepare(MISBEHAVING), prepare(MISBEHAVING)];
    await startDaemonOn(ours.folder, ours.configFile);
    await startRealSupervisord(theirs.folder, theirs.configFile);
    const [said, expected] = await Promise.all([provoke(ours), provoke(theirs)]);
    expect(said).toEqual(expected);
    expect(said).toContain("ERRO pool silent event buffer overflowed, discarding event 1");
  });
});

describe("an event", () => {
  test("that a listener dies with is given to its next run", async () => {
    const stage = prepare((folder) =>
      pool(
        "mortal",
        `if [ -e ${folder}/died ]; then exec ${listenerCommand("record.py", `${folder}/events`)}; fi; touch ${folder}/died; echo READY; read line; exit 1`,
      ),
    );
    const daemon = await startDaemonOn(stage.folder, stage.configFile);
    await send(daemon.rpc, "kind");
    const file = join(stage.folder, "events");
    await untilRecorded(file, "REMOTE_COMMUNICATION");
    expect(recordedEvents(file).map(({ headers, payload }) => [headers.serial, payload])).toEqual([
      ["0", "type:kind\ndata"],
    ]);
  });

  test("goes to one listener of a pool, and to the other while that one is busy", async () => {
    const stage = prepare((folder) =>
      pool(
        "pair",
        `echo READY; read line; echo "$line" >> ${folder}/$SUPERVISOR_PROCESS_NAME; exec sleep 1000`,
        "process_name=%(program_name)s_%(process_num)s\nnumprocs=2",
      ),
    );
    const daemon = await startDaemonOn(stage.folder, stage.configFile);
    await send(daemon.rpc, "first");
    await send(daemon.rpc, "second");
    const seen = (name: string) => join(stage.folder, name);
    await expect.poll(() => existsSync(seen("pair_0")) && existsSync(seen("pair_1"))).toBe(true);
    const serials = ["pair_0", "pair_1"].map(
      (name) => / serial:(\d+)/.exec(readFileSync(seen(name), "utf8"))?.[1],
    );
    expect(serials.sort()).toEqual(["0", "1"]);
  });

  test("of a hundred thousand characters arrives whole", async () => {
    const stage = prepare(
      (folder) =>
        `[eventlistener:big]\ncommand=${listenerCommand("record.py", `${folder}/events`)}\nevents=REMOTE_COMMUNICATION\nstartsecs=0\n`,
    );
    const daemon = await startDaemonOn(stage.folder, stage.configFile);
    const data = "é".repeat(100_000);
    await daemon.rpc.call("supervisor.sendRemoteCommEvent", ["big", data]);
    const file = join(stage.folder, "events");
    await untilRecorded(file, "REMOTE_COMMUNICATION");
    expect(recordedEvents(file)[0]?.payload).toBe(`type:big\n${data}`);
  });

  test("reaches a listener that was put in force later", async () => {
    const stage = prepare(
      (folder) =>
        `[eventlistener:late]\ncommand=${listenerCommand("record.py", `${folder}/events`)}\nevents=PROCESS_GROUP\nstartsecs=0\n`,
    );
    const daemon = await startDaemonOn(stage.folder, stage.configFile);
    const file = join(stage.folder, "events");
    await untilRecorded(file, "PROCESS_GROUP_ADDED");
    await daemon.rpc.call("supervisor.stopProcess", ["late"]);
    await daemon.rpc.call("supervisor.removeProcessGroup", ["late"]);
    await daemon.rpc.call("supervisor.addProcessGroup", ["late"]);
    await untilRecorded(file, "PROCESS_GROUP_ADDED", "late", 2);
    // A new pool counts anew, and its own removal was told to nobody.
    expect(recordedEvents(file).map(({ headers }) => [headers.serial, headers.poolserial])).toEqual([
      ["0", "0"],
      ["1", "0"],
    ]);
  });
});

test("a listener may control programs over RPC while it deals with an event", async () => {
  const daemon = await startDaemon(
    `[eventlistener:reviver]\ncommand=${listenerCommand("revive.py")}\nevents=PROCESS_STATE_EXITED\nstartsecs=0\n[program:web]\ncommand=/bin/sleep 1000\nautorestart=false\nstartsecs=0\n`,
  );
  const events = watch(daemon.address);
  const before = (await events.state("web", "RUNNING")).pid ?? 0;
  process.kill(before, "SIGKILL");
  await events.state("web", "EXITED");
  expect((await events.state("web", "RUNNING")).pid).not.toBe(before);
});

test("a listener that floods its stdout costs the daemon no memory", async () => {
  const daemon = await startDaemon(
    pool(
      "flood",
      "echo READY; read line; exec head -c 200000000 /dev/zero",
      "stdout_logfile=NONE\nautorestart=false",
    ),
    ["-e", "info"],
  );
  const events = watch(daemon.address);
  await events.state("flood", "RUNNING");
  await send(daemon.rpc, "go");
  await events.state("flood", "EXITED");
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${daemon.process.pid}/status`, "utf8"))?.[1]);
  expect(daemon.output()).toContain("flood: result line is longer than 1048576 bytes");
  expect(peak).toBeLessThan(160 * 1024);
});

test("a result_handler in Python is named as one that cannot run", async () => {
  const daemon = await startDaemon(pool("mail", "exec sleep 1000", "result_handler=superlance:handler"));
  await expect
    .poll(daemon.output)
    .toMatch(/WARN \[eventlistener:mail\] result_handler=superlance:handler .*default/);
});

test("ticks are told to who asks for them", async () => {
  const stage = prepare(
    (folder) =>
      `[eventlistener:clock]\ncommand=${listenerCommand("record.py", `${folder}/events`)}\nevents=TICK_5\nstartsecs=0\n`,
  );
  await startDaemonOn(stage.folder, stage.configFile);
  const file = join(stage.folder, "events");
  await untilRecorded(file, "TICK_5");
  const when = Number(/^when:(\d+)$/.exec(recordedEvents(file)[0]?.payload ?? "")?.[1]);
  expect(when % 5).toBe(0);
  expect(Math.abs(Date.now() / 1000 - when)).toBeLessThan(5);
});

type Stage = { readonly folder: string; readonly configFile: string };

function prepare(programs: string | ((folder: string) => string)): Stage {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  const text = typeof programs === "string" ? programs : programs(folder);
  writeFileSync(configFile, configAround(folder, text));
  return { folder, configFile };
}

async function send(rpc: RpcClient, type: string): Promise<void> {
  await rpc.call("supervisor.sendRemoteCommEvent", [type, "data"]);
}

/** Sends more events than the misbehaving listeners bear; what the daemon says of each, in order. */
async function provoke({ folder }: Stage): Promise<string[]> {
  const rpc = createRpcClient({ kind: "unix", path: join(folder, "s.sock") });
  const log = () => readFileSync(join(folder, "supervisord.log"), "utf8");
  const seen = (text: string) => expect.poll(log, { timeout: 20_000 }).toContain(text);
  for (const name of ["misspelt", "binary", "silent", "refusing", "partial", "late"])
    await seen(`${name}: ACKNOWLEDGED -> READY`);
  for (const name of ["babbling", "eager"]) await seen(`${name}: has entered the UNKNOWN state`);
  for (const type of ["0", "1", "2", "3", "4"]) await send(rpc, type);
  await seen("discarding event 2");
  const last = ["misspelt: has", "binary: has", "late: has", "refusing: event", "empty: event"];
  for (const text of [...last, "spaced: event", "nameless: event"]) await seen(text);
  const lines = log()
    .split("\n")
    .flatMap((line) => SAID.exec(line)?.[0] ?? []);
  return lines.sort();
}
