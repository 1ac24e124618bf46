// A daemon under all loads at once for ten minutes: a flood, restarts, 500 programs, 300 clients. `npm run bench:soak [SECONDS]`.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ServerAddress } from "../../daemon/client/address.ts";
import { followEvents } from "../../daemon/client/event-stream.ts";
import { createRpcClient, type RpcClient } from "../../daemon/client/rpc.ts";
import { slopeOf, type Usage, usageOf } from "../helpers/usage.ts";

const [IDLE_PROGRAMS, CLIENTS, RESTARTED, RESTART_MS] = [500, 300, 10, 500];
const FLOOD_MB = 100;
const SAMPLE_MS = 2000;

const [argument = "600", socket] = process.argv.slice(2);
const SECONDS = Number(argument);
// The clients are a process of their own, so that what they do is not taken for the daemon's slowness.
if (argument === "clients") listen({ kind: "unix", path: socket ?? "" });
else await main();

/** Follows the events as many clients do, until told to tell how many there were. */
function listen(address: ServerAddress): void {
  let events = 0;
  const onEvent = () => {
    events += 1;
  };
  const streams = Array.from({ length: CLIENTS }, () =>
    followEvents(address, {}, { onEvent, onStatus: () => {} }),
  );
  process.stdin.on("data", () => {
    for (const stream of streams) stream.close();
    process.stdout.write(`${events} events to ${CLIENTS} clients\n`, () => process.exit());
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "svb-"));
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, config(folder));
  const daemon = spawn(process.execPath, [resolve("dist/daemon/supervisord.cjs"), "-n", "-c", configFile], {
    env: { ...process.env, XDG_RUNTIME_DIR: folder },
    stdio: "ignore",
    cwd: folder,
  });
  const ended = new Promise<number | null>((done) => daemon.on("close", done));
  const pid = daemon.pid ?? 0;
  const address = { kind: "unix", path: join(folder, "s.sock") } as const;
  const rpc = createRpcClient(address);
  try {
    await untilUp(rpc);
    await soak(rpc, pid, address.path);
  } finally {
    daemon.kill("SIGTERM");
    const before = performance.now();
    console.log(`daemon ended with ${await ended} after ${Math.round(performance.now() - before)} ms`);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function soak(rpc: RpcClient, pid: number, socket: string): Promise<void> {
  const clients = spawn(process.execPath, [import.meta.filename, "clients", socket], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const gone = new Promise((done) => clients.on("close", done));
  const until = performance.now() + SECONDS * 1000;
  const counts = { restarts: 0, calls: 0 };
  const latencies: number[] = [];
  const samples: Usage[] = [];
  const during = async (act: () => Promise<void>) => {
    while (performance.now() < until) await act();
  };
  await Promise.all([
    during(async () => {
      await rpc.stopProcessGroup("restarted");
      await rpc.startProcessGroup("restarted");
      counts.restarts += RESTARTED;
      await wait(RESTART_MS);
    }),
    during(async () => {
      const before = performance.now();
      await rpc.getState();
      latencies.push(performance.now() - before);
      counts.calls += 1;
      await wait(20);
    }),
    during(async () => {
      await wait(SAMPLE_MS);
      samples.push(usageOf(pid));
      const last = samples.at(-1);
      const seconds = (samples.length * SAMPLE_MS) / 1000;
      if (samples.length % 10 === 0)
        console.log(
          `${seconds} s: ${last?.rssMb.toFixed(0)} MB, ${last?.descriptors} descriptors, ${counts.restarts} restarts`,
        );
    }),
  ]);
  clients.stdin.end("end");
  await gone;
  report(samples, latencies, counts);
}

function report(
  samples: readonly Usage[],
  latencies: readonly number[],
  counts: { readonly restarts: number; readonly calls: number },
): void {
  // The first half fills caches and pools.
  const steady = samples.slice(Math.floor(samples.length / 2));
  const perMinute = (values: readonly number[]) => (slopeOf(values) * 60_000) / SAMPLE_MS;
  const memory = steady.map(({ rssMb }) => rssMb);
  const descriptors = steady.map((sample) => sample.descriptors);
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  console.log(`${counts.restarts} restarts, ${counts.calls} calls`);
  console.log(`call: median ${at(0.5)} ms, 95% ${at(0.95)} ms, worst ${at(0.9999)} ms`);
  console.log(
    `memory: ${Math.min(...memory).toFixed(0)} to ${Math.max(...memory).toFixed(0)} MB, ${perMinute(memory).toFixed(2)} MB a minute`,
  );
  console.log(
    `descriptors: ${Math.min(...descriptors)} to ${Math.max(...descriptors)}, ${perMinute(descriptors).toFixed(2)} a minute; zombies at the end: ${steady.at(-1)?.zombies}`,
  );
}

async function untilUp(client: RpcClient): Promise<void> {
  for (;;) {
    const infos = await client.getAllProcessInfo().catch(() => []);
    if (infos.length > 0 && infos.every(({ statename }) => statename === "RUNNING")) return;
    await wait(200);
  }
}

function config(folder: string): string {
  const log = `stdout_logfile=${folder}/%(program_name)s.log\nredirect_stderr=true\n`;
  return `[unix_http_server]
file=${folder}/s.sock
[supervisord]
logfile=${folder}/supervisord.log
pidfile=${folder}/supervisord.pid
childlogdir=${folder}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[program:idle]
command=/bin/sleep 100000
process_name=idle_%(process_num)d
numprocs=${IDLE_PROGRAMS}
stdout_logfile=NONE
stderr_logfile=NONE
[program:restarted]
command=/bin/sh -c 'setsid sleep 1000 & echo up; exec sleep 1000'
process_name=restarted_%(process_num)d
numprocs=${RESTARTED}
startsecs=0
stdout_logfile=NONE
stderr_logfile=NONE
[program:flood]
command=${process.execPath} ${resolve("test/fixtures/flood/flood.cjs")} ${FLOOD_MB}
${log}stdout_logfile_maxbytes=10MB
stdout_logfile_backups=1
`;
}
