import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fuzzedListeners, fuzzRequests, serveAnswers } from "./request-fuzzer.ts";

/**
 * Sends malformed requests to the bundled daemon while its event listeners give malformed answers, and shows what came
 * of it. Usage: fuzz-requests.ts [COUNT] [SEED]
 */
/** What is kept of requests would fill this, and end the daemon. */
const HEAP_MIB = 96;

const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);

const folder = mkdtempSync(join(tmpdir(), "svf-"));
const answers = await serveAnswers(seed + 1);
const socket = join(folder, "s.sock");
const log = join(folder, "supervisord.log");
writeFileSync(
  join(folder, "supervisord.conf"),
  `[unix_http_server]\nfile=${socket}\n[supervisord]\nlogfile=${log}\nlogfile_backups=1\npidfile=${folder}/pid\nchildlogdir=${folder}\n[program:web]\ncommand=/bin/cat\nstartsecs=0\n${fuzzedListeners(answers.port, 4)}`,
);
const daemon = spawn(
  process.execPath,
  [
    `--max-old-space-size=${HEAP_MIB}`,
    resolve("dist/daemon/supervisord.cjs"),
    "-n",
    "-c",
    join(folder, "supervisord.conf"),
  ],
  { cwd: folder, env: { ...process.env, XDG_RUNTIME_DIR: folder }, stdio: "ignore" },
);
// Its end ends the fuzz, which then cleans up.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => daemon.kill("SIGTERM"));
const ended = new Promise<string>((done) => daemon.on("exit", (code, signal) => done(`${signal ?? code}`)));
try {
  while (!existsSync(socket)) await wait(20);
  const startedAt = performance.now();
  const target = { socket, pid: daemon.pid ?? 0, answers: answers.count };
  const crash = ended.then((how) => Promise.reject(new Error(`the daemon ended: ${how}`)));
  const outcome = await Promise.race([fuzzRequests(target, count, seed), crash]);
  const seconds = (performance.now() - startedAt) / 1000;
  const unexpected = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => / CRIT (?!Supervisor is running as root|Server )/.test(line));
  const statuses = [...outcome.statuses].sort(([, a], [, b]) => b - a);
  const [first, last] = [outcome.memory[0] ?? 0, outcome.memory.at(-1) ?? 0];
  console.log(
    `${count} requests and ${outcome.answers} answers of listeners in ${seconds.toFixed(0)} s, seed ${seed}`,
  );
  console.log(statuses.map(([status, times]) => `${status}: ${times}`).join(", "));
  console.log(
    `memory ${first.toFixed(0)} MiB at first, ${Math.max(...outcome.memory).toFixed(0)} at most, ${last.toFixed(0)} in the end; slope ${outcome.slope.toFixed(1)} KiB for each 1000 requests in the second half`,
  );
  console.log(`MiB: ${outcome.memory.map((mib) => mib.toFixed(0)).join(" ")}`);
  console.log(`${unexpected.length} unexpected errors${["", ...unexpected.slice(0, 10)].join("\n")}`);
  process.exitCode = unexpected.length === 0 ? 0 : 1;
} finally {
  answers.close();
  daemon.kill("SIGTERM");
  const how = await Promise.race([ended, wait(15_000, "no", { ref: false })]);
  if (how === "no") daemon.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
