// How long a killed program is down: our daemon beside Debian's supervisord, in one run. `npm run bench`.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { followEvents } from "../../daemon/client/event-stream.ts";
import { createRpcClient } from "../../daemon/client/rpc.ts";

const KILLS = 20;

type Contender = { readonly name: string; readonly command: readonly string[]; readonly options?: string };

const OURS = [process.execPath, resolve("dist/daemon/supervisord.cjs")];
const CONTENDERS: readonly Contender[] = [
  { name: "ours", command: OURS },
  { name: "ours with stop_tree=false", command: OURS, options: "stop_tree=false\n" },
  { name: "supervisor", command: ["/usr/bin/supervisord"] },
];

const results = new Map<string, number>();
for (const { name, command, options = "" } of CONTENDERS) {
  if (!existsSync(command[0] ?? "")) {
    console.log(`${name} is not here: apt-get install supervisor`);
    continue;
  }
  const { downMs, toldMs } = await measure(command, options);
  results.set(name, median(downMs));
  const told = toldMs.length === 0 ? "" : `, told by the event stream after ${median(toldMs).toFixed(1)} ms`;
  console.log(
    `${name}: up again after ${median(downMs).toFixed(1)} ms (median of ${KILLS}, worst ${Math.max(...downMs).toFixed(1)} ms)${told}`,
  );
}
const [ours, peer] = [results.get("ours"), results.get("supervisor")];
if (ours !== undefined && peer !== undefined)
  console.log(`ratio ours/supervisor: ${(ours / peer).toFixed(3)}`);

async function measure(
  command: readonly string[],
  options: string,
): Promise<{ downMs: number[]; toldMs: number[] }> {
  const folder = mkdtempSync(join(tmpdir(), "svb-"));
  const stamps = join(folder, "stamps");
  writeFileSync(stamps, "");
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, config(folder, stamps) + options);
  const [file = "", ...args] = command;
  const env = { ...process.env, XDG_RUNTIME_DIR: folder };
  const daemon = spawn(file, [...args, "-n", "-c", configFile], { env, stdio: "ignore", cwd: folder });
  const ended = new Promise((done) => daemon.on("close", done));
  try {
    return await kills(join(folder, "s.sock"), stamps);
  } finally {
    daemon.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function kills(socket: string, stamps: string): Promise<{ downMs: number[]; toldMs: number[] }> {
  const address = { kind: "unix", path: socket } as const;
  const rpc = createRpcClient(address);
  await until(() => readFileSync(stamps, "utf8").length > 0);
  let toldAt = 0;
  const stream = followEvents(
    address,
    {},
    {
      onEvent: (event) => {
        if (event.type === "process" && event.process.state === "RUNNING") toldAt = performance.now();
      },
      onStatus: () => {},
    },
  );
  const [downMs, toldMs]: [number[], number[]] = [[], []];
  for (let i = 0; i < KILLS; i++) {
    // Not in step with a daemon that wakes once a second.
    await wait(100 + ((i * 137) % 400));
    const { pid } = await rpc.getProcessInfo("web");
    const before = readFileSync(stamps, "utf8").length;
    const killedAt = performance.now();
    toldAt = 0;
    process.kill(pid, "SIGKILL");
    await until(() => readFileSync(stamps, "utf8").length > before);
    downMs.push(performance.now() - killedAt);
    if (toldAt > 0) toldMs.push(toldAt - killedAt);
  }
  stream.close();
  return { downMs, toldMs };
}

function config(folder: string, stamps: string): string {
  return `[unix_http_server]
file=${folder}/s.sock
[supervisord]
logfile=${folder}/supervisord.log
pidfile=${folder}/supervisord.pid
childlogdir=${folder}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[program:web]
command=/bin/sh -c 'echo up >> ${stamps}; exec sleep 1000'
startsecs=0
autorestart=true
`;
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await wait(1);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
