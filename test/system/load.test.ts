import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { configAround, type EventLog, startDaemonOn, type TestDaemon, watch } from "../helpers/daemon.ts";
import { scratchFolder } from "../helpers/scratch.ts";

/** Writes 100 MB a second, in pieces of a megabyte. */
const FLOOD = `let due = 0; const piece = Buffer.alloc(1e6, "flood of output\\n"); const began = Date.now(); const pump = () => { if (due > (Date.now() - began) / 10) setTimeout(pump, 5); else { due++; process.stdout.write(piece, pump); } }; pump();`;

const PROGRAMS = `[program:flood]
command=${process.execPath} -e '${FLOOD.replaceAll("%", "%%")}'
autostart=false
startsecs=0
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=1
[program:web]
command=/bin/sleep 1000
startsecs=0
[program:many]
command=/bin/sleep 1000
startsecs=0
numprocs=500
process_name=%(process_num)03d
stdout_logfile=NONE
stderr_logfile=NONE
`;

test("a flood of 100 MB/s, 500 programs and 300 clients, some of which do not read, delay neither calls nor restarts", async () => {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  // At level debug the daemon's own log would repeat the flood.
  writeFileSync(configFile, configAround(folder, PROGRAMS).replace("loglevel=debug", "loglevel=info"));
  const daemon = await startDaemonOn(folder, configFile);
  const events = watch(daemon.address, { processes: ["web"] });
  await events.state("web", "RUNNING");
  await expect.poll(() => running(daemon), { timeout: 60_000, interval: 500 }).toBeGreaterThanOrEqual(501);
  const quiet = await measure(daemon, events);
  await Promise.all(Array.from({ length: 270 }, () => stream(daemon, "/events", "reads")));
  await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      stream(daemon, i % 2 ? "/logtail/flood" : "/events?process=flood&log=stdout", "does not read"),
    ),
  );
  await daemon.rpc.call("supervisor.startProcess", ["flood"]);
  const { pid } = await daemon.rpc.getProcessInfo("flood");
  await expect.poll(() => writtenMB(pid), { timeout: 60_000 }).toBeGreaterThan(100);
  const [before, began] = [writtenMB(pid), performance.now()];
  const loaded = await measure(daemon, events);
  const megabytesPerSecond = ((writtenMB(pid) - before) / (performance.now() - began)) * 1000;
  const memory = residentMiB(daemon.process.pid);
  const told = JSON.stringify({ quiet, loaded, memory, megabytesPerSecond });
  expect(megabytesPerSecond, told).toBeGreaterThan(5);
  expect(loaded.callMs, told).toBeLessThan(Math.max(250, 10 * quiet.callMs));
  expect(loaded.restartMs, told).toBeLessThan(Math.max(1000, 10 * quiet.restartMs));
  expect(memory, told).toBeLessThan(350);
}, 180_000);

/** Medians of how long a call takes, and a killed program is down, in milliseconds. */
async function measure(daemon: TestDaemon, events: EventLog) {
  const calls: number[] = [];
  const restarts: number[] = [];
  for (let i = 0; i < 15; i++) {
    const called = performance.now();
    const { pid } = await daemon.rpc.getProcessInfo("web");
    calls.push(performance.now() - called);
    const told = events.events.length;
    process.kill(pid, "SIGKILL");
    const killed = performance.now();
    await events.next("process", (event) => {
      const isNew = events.events.indexOf(event) >= told;
      return isNew && event.process.state === "RUNNING" && event.process.pid !== pid;
    });
    restarts.push(performance.now() - killed);
  }
  return { callMs: median(calls), restartMs: median(restarts) };
}

async function running(daemon: TestDaemon): Promise<number> {
  const all = await daemon.rpc.getAllProcessInfo();
  return all.filter(({ statename }) => statename === "RUNNING").length;
}

async function stream(daemon: TestDaemon, path: string, manner: "reads" | "does not read"): Promise<void> {
  const sent: ClientRequest = request({ socketPath: daemon.socket, path, agent: false });
  onTestFinished(() => void sent.destroy());
  sent.on("error", () => {}).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  if (manner === "reads") response.resume();
  response.on("error", () => {});
}

function writtenMB(pid: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1]) / 1e6;
}

function residentMiB(pid: number | undefined): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
