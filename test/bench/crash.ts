// What is lost when the daemon dies or is replaced in the middle of a flood: `npm run bench:crash -- [ROUNDS]`.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { daemonKey, runtimeFolder } from "../../daemon/client/runtime-folder.ts";
import { parseMarker } from "../../daemon/core/run-marker.ts";
import { findMarked } from "../../daemon/io/process-identity.ts";
import { floodPrograms, readFloodLog } from "../helpers/flood.ts";

const PROGRAMS = 20;
const BYTES_PER_SECOND = 50_000_000;
/** The programs of a stage survive this many ends of their daemon before their logs are counted. */
const ROUNDS_PER_STAGE = 5;

const rounds = Number(process.argv[2] ?? 50);

/** How a daemon ends; the next one is of this version, or of another one as after an upgrade. */
type Ending = {
  readonly name: string;
  readonly end: (daemon: ChildProcess, rpc: RpcClient) => Promise<unknown>;
  readonly upgrades: boolean;
};

const ENDINGS: readonly Ending[] = [
  { name: "kill -9", end: async (daemon) => daemon.kill("SIGKILL"), upgrades: false },
  { name: "hand-over to another version", end: (_, rpc) => rpc.handOver(), upgrades: true },
];

type Counts = {
  twins: number;
  lost: number;
  moved: number;
  missing: number;
  repeated: number;
  lines: number;
};

for (const ending of ENDINGS) {
  const counts: Counts = { twins: 0, lost: 0, moved: 0, missing: 0, repeated: 0, lines: 0 };
  const downMs: number[] = [];
  const began = performance.now();
  for (let left = rounds; left > 0; left -= ROUNDS_PER_STAGE)
    await playStage(ending, Math.min(left, ROUNDS_PER_STAGE), counts, downMs);
  const { lines, lost, twins, moved, missing, repeated } = counts;
  const bytes = (lines * 100) / 1e6;
  console.log(
    `${ending.name}, ${rounds} times in a flood of ${BYTES_PER_SECOND / 1e6} MB/s from ${PROGRAMS} programs (${bytes.toFixed(0)} MB logged in ${((performance.now() - began) / 1000).toFixed(0)} s): ${lost} programs lost, ${twins} twins, ${moved} pids changed, ${missing} lines missing, ${repeated} repeated; no daemon for ${median(downMs).toFixed(0)} ms (median)`,
  );
  if (lost + twins + moved + missing + repeated !== 0) process.exitCode = 1;
}

async function playStage(ending: Ending, times: number, counts: Counts, downMs: number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "svc-"));
  const env = { ...process.env, XDG_RUNTIME_DIR: folder };
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, config(folder));
  const versions = ending.upgrades
    ? [0, 1].map((change) => installedIn(folder, change))
    : [resolve("dist/daemon")];
  const rpc = createRpcClient({ kind: "unix", path: join(folder, "s.sock") });
  const key = daemonKey(runtimeFolder(configFile, env));
  const marked = () => findMarked((marker) => parseMarker(marker)?.daemon === key).map(({ pid }) => pid);
  const start = (version: string): ChildProcess =>
    spawn(process.execPath, [join(version, "supervisord.cjs"), "-n", "-c", configFile], {
      cwd: folder,
      env,
      stdio: "ignore",
    });
  let daemon = start(versions[0] ?? "");
  try {
    const before = await pidsOf(rpc);
    for (let i = 0; i < times; i++) {
      await wait(100 + Math.random() * 300);
      const ended = new Promise((done) => daemon.on("exit", done));
      const endedAt = performance.now();
      await ending.end(daemon, rpc);
      await ended;
      daemon = start(versions[(i + 1) % versions.length] ?? "");
      const after = await pidsOf(rpc);
      downMs.push(performance.now() - endedAt);
      counts.moved += after.filter((pid) => !before.includes(pid)).length;
      counts.lost += before.length - marked().filter((pid) => before.includes(pid)).length;
      counts.twins += marked().filter((pid) => !before.includes(pid)).length;
    }
    await rpc.stopAllProcesses();
    for (let i = 0; i < PROGRAMS; i++) {
      const log = await readFloodLog(join(folder, `flood_${String(i).padStart(2, "0")}.log`));
      counts.lines += log.lines;
      counts.missing += log.missing;
      counts.repeated += log.repeated;
    }
  } finally {
    const ended = new Promise((done) => daemon.on("exit", done));
    daemon.kill("SIGTERM");
    await ended;
    for (const pid of marked()) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The daemon as another version of the package would install it: it replaces the logger, too. */
function installedIn(folder: string, change: number): string {
  const place = join(folder, `version-${change}`);
  cpSync("dist/daemon", place, { recursive: true });
  for (const name of ["supervisord.cjs", "logger.cjs"]) {
    const file = join(place, name);
    const text = readFileSync(file, "utf8");
    const changed = text.replace(
      /LOGGER_VERSION = (\d+)/,
      (_, version) => `LOGGER_VERSION = ${Number(version) + change}`,
    );
    if (change > 0 && changed === text) throw new Error(`${name} tells no version of the logger`);
    writeFileSync(file, changed);
  }
  return place;
}

async function pidsOf(rpc: RpcClient): Promise<number[]> {
  for (;;) {
    try {
      const infos = await rpc.getAllProcessInfo();
      return infos.map(({ pid }) => pid);
    } catch {
      // Not there yet.
      await wait(5);
    }
  }
}

function config(folder: string): string {
  return `[unix_http_server]
file=${folder}/s.sock
[supervisord]
logfile=${folder}/supervisord.log
pidfile=${folder}/supervisord.pid
childlogdir=${folder}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
${floodPrograms(PROGRAMS, BYTES_PER_SECOND)}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
