import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import {
  configAround,
  isAlive,
  startDaemon,
  startDaemonOn,
  type TestDaemon,
  watch,
} from "../helpers/daemon.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const SLEEPERS = `[program:web]
command=/bin/sleep 1000
startsecs=0
[program:late]
command=/bin/sleep 1000
startsecs=0
startretries=1
autostart=false
`;

/** Sets a limit of a process, as one of its own user where `as` says how to become that. */
function limit(pid: number | undefined, what: string, as: readonly string[] = []): void {
  const [file = "", ...args] = [...as, "prlimit", "--pid", String(pid), what];
  execFileSync(file, args);
}

test("without descriptors left the daemon neither spins nor ends, and what could not start starts when there are some", async () => {
  const daemon = await startDaemon(SLEEPERS);
  const { pid } = daemon.process;
  const events = watch(daemon.address);
  await events.next("snapshot");
  const web = await daemon.rpc.getProcessInfo("web");
  await daemon.rpc.startProcess("late", false);
  await daemon.rpc.stopProcess("late");
  const used = readdirSync(`/proc/${pid}/fd`).length;
  // One for the call, none for what it needs.
  limit(pid, `--nofile=${used + 1}:`);
  await daemon.rpc.startProcess("late", false).catch(() => {});
  const failed = await events.next("server", ({ server }) =>
    server.faults.some(({ message }) => /too many open files/.test(message)),
  );
  expect(failed.server.faults).toHaveLength(1);
  const callers = Array.from({ length: 30 }, () => connect(daemon.socket).on("error", () => {}));
  onTestFinished(() => {
    for (const caller of callers) caller.destroy();
  });
  const cpu = cpuTicks(pid);
  await new Promise((done) => setTimeout(done, 3000));
  expect(cpuTicks(pid) - cpu).toBeLessThan(50);
  expect(isAlive(web.pid)).toBe(true);
  limit(pid, "--nofile=1024:");
  await events.state("late", "RUNNING");
  await events.next("server", ({ server }) => server.faults.length === 0);
  expect((await daemon.rpc.getProcessInfo("web")).pid).toBe(web.pid);
  expect(complaints(daemon)).toHaveLength(1);
});

test("without processes left the daemon goes on, and what could not start starts when there are some", async () => {
  const folder = scratchFolder();
  chmodSync(folder, 0o1777);
  const configFile = join(folder, "supervisord.conf");
  const text = configAround(folder, SLEEPERS);
  // No limit of processes holds for root.
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? "user=nobody\n" : "";
  const asUser = isRoot ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
  writeFileSync(configFile, text.replace("[supervisord]\n", `[supervisord]\n${user}`));
  const daemon = await startDaemonOn(folder, configFile);
  const events = watch(daemon.address);
  await events.state("web", "RUNNING");
  const web = await daemon.rpc.getProcessInfo("web");
  limit(daemon.process.pid, "--nproc=1:", asUser);
  await daemon.rpc.startProcess("late", false).catch(() => {});
  await events.next("server", ({ server }) => /too many processes/.test(server.faults[0]?.message ?? ""));
  // Longer than the retries that the configuration allows.
  await events.next("process", ({ from, process }) => from === "STARTING" && process.name === "late");
  await new Promise((done) => setTimeout(done, 3000));
  const { statename, spawnerr } = await daemon.rpc.getProcessInfo("late");
  expect({ statename, spawnerr }).toMatchObject({
    spawnerr: "Too many processes in process table to spawn 'late'",
  });
  limit(daemon.process.pid, "--nproc=4096:", asUser);
  await events.state("late", "RUNNING");
  await events.next(
    "server",
    (event) => event.server.faults.length === 0 && daemon.output().includes("no longer so"),
  );
  expect((await daemon.rpc.getProcessInfo("web")).pid).toBe(web.pid);
  expect(complaints(daemon)).toHaveLength(1);
});

test("a program whose folder was removed is tried until it is back; one that never had it fails, as with Supervisor", async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, "home"));
  const configFile = join(folder, "supervisord.conf");
  const programs = `[program:web]
command=/bin/sleep 1000
directory=${folder}/home
startsecs=0
startretries=0
[program:never]
command=/bin/sleep 1000
directory=${folder}/nowhere
startsecs=0
startretries=0
`;
  writeFileSync(configFile, configAround(folder, programs));
  const daemon = await startDaemonOn(folder, configFile);
  const events = watch(daemon.address);
  await events.state("never", "FATAL");
  await daemon.rpc.stopProcess("web");
  rmSync(join(folder, "home"), { recursive: true });
  await daemon.rpc.startProcess("web", false).catch(() => {});
  const { server } = await events.next("server", (event) => event.server.faults.length > 0);
  expect(server.faults[0]?.message).toBe(
    `cannot start web:web: its directory ${folder}/home is gone; it is tried again every second`,
  );
  mkdirSync(join(folder, "home"));
  await events.state("web", "RUNNING");
  await events.next(
    "server",
    (event) => event.server.faults.length === 0 && events.events.indexOf(event) > 3,
  );
});

test("a daemon whose own working directory was removed starts programs, and reads its configuration", async () => {
  const [folder, cwd] = [scratchFolder(), scratchFolder()];
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, SLEEPERS));
  await startDaemonOn(cwd, configFile, [], { XDG_RUNTIME_DIR: folder });
  const rpc = createRpcClient({ kind: "unix", path: join(folder, "s.sock") });
  rmSync(cwd, { recursive: true });
  await rpc.startProcess("late");
  writeFileSync(
    configFile,
    configAround(folder, `${SLEEPERS}[program:more]\ncommand=/bin/sleep 1000\nstartsecs=0\n`),
  );
  expect(await rpc.reloadConfig()).toMatchObject({ added: ["more"], changed: [], removed: [] });
  await rpc.addProcessGroup("more");
  const infos = await rpc.getAllProcessInfo();
  expect(infos.map(({ name, statename }) => [name, statename])).toEqual([
    ["late", "RUNNING"],
    ["more", expect.stringMatching(/STARTING|RUNNING/)],
    ["web", "RUNNING"],
  ]);
});

test("a childlogdir that was removed is made again by the next program that starts", async () => {
  const folder = scratchFolder();
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, SLEEPERS).replace(/childlogdir=.*/, `childlogdir=${logs}`));
  const daemon = await startDaemonOn(folder, configFile);
  const web = await daemon.rpc.getProcessInfo("web");
  rmSync(logs, { recursive: true });
  await daemon.rpc.startProcess("late");
  appendFileSync(configFile, "[program:more]\ncommand=/bin/sleep 1000\nstartsecs=0\n");
  await daemon.rpc.reloadConfig();
  await daemon.rpc.addProcessGroup("more");
  await watch(daemon.address).state("more", "RUNNING");
  const more = await daemon.rpc.getProcessInfo("more");
  expect(existsSync(more.stdout_logfile)).toBe(true);
  expect((await daemon.rpc.getProcessInfo("web")).pid).toBe(web.pid);
});

test("a pidfile that cannot be written is written when it can be, and removed at the end", async () => {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, SLEEPERS));
  mkdirSync(join(folder, "supervisord.pid"));
  const starting = startDaemonOn(folder, configFile);
  const address = { kind: "unix", path: join(folder, "s.sock") } as const;
  await expect.poll(() => existsSync(address.path)).toBe(true);
  const events = watch(address);
  const { server } = await events.next("snapshot");
  expect(server.faults.map(({ message }) => message)).toEqual([
    `could not write pidfile ${folder}/supervisord.pid`,
  ]);
  rmdirSync(join(folder, "supervisord.pid"));
  // It says that it has started once the file is there.
  const daemon = await starting;
  expect(readFileSync(`${folder}/supervisord.pid`, "utf8")).toBe(`${daemon.process.pid}\n`);
  await events.next("server", (event) => event.server.faults.length === 0);
  daemon.process.kill("SIGTERM");
  await daemon.ended;
  expect(existsSync(`${folder}/supervisord.pid`)).toBe(false);
});

/** Hundredths of a second that a process computed so far. */
function cpuTicks(pid: number | undefined): number {
  const stat = execFileSync("cat", [`/proc/${pid}/stat`], { encoding: "utf8" });
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** The errors and worse of the daemon's own log. */
function complaints({ output }: TestDaemon): string[] {
  return output()
    .split("\n")
    .filter((line) => / (ERRO|CRIT) /.test(line) && !line.includes("running as root"));
}
