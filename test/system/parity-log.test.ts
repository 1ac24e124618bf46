import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configAround } from "../helpers/daemon.ts";
import { type Driven, drive, OURS, REAL } from "../helpers/foreground.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const PROGRAMS = `
[include]
files=conf.d/*.conf nothing.d/*.conf
[program:web]
command=/bin/sleep 1000
startsecs=1
[program:ghost]
command=/no/such/command
startretries=0
[program:quick]
command=/bin/sh -c 'exit 3'
startretries=1
startsecs=10
[program:done]
command=/bin/sh -c 'sleep 0.5; exit 0'
startsecs=0
autorestart=false
`;

test("a life is logged in the same words: start, log reopening, restart, end", async () => {
  const [ours, real] = await both((folder) => ["-n", "-c", prepare(folder, PROGRAMS)], live);
  expect(headOf(ours)).toEqual(headOf(real));
  expect(restOf(ours)).toEqual(restOf(real));
  expect([await ours.ended, await real.ended]).toEqual([0, 0]);
  expect(readdirSync(ours.folder).sort()).toContain("supervisord.log");
  expect(readdirSync(ours.folder)).not.toContain("supervisord.pid");
  expect(readdirSync(ours.folder)).not.toContain("s.sock");
});

test("in the foreground the log is printed too, unless silent", async () => {
  const end = async (driven: Driven) => {
    await driven.logged("success: web");
    driven.child.kill("SIGINT");
    await driven.ended;
  };
  const [ours, real] = await both((folder) => ["-n", "-c", prepare(folder, PROGRAMS)], end);
  expect(ours.output()).toBe(readFileSync(join(ours.folder, "supervisord.log"), "utf8"));
  expect(real.output()).toBe(readFileSync(join(real.folder, "supervisord.log"), "utf8"));
  const [silent, realSilent] = await both((folder) => ["-ns", "-c", prepare(folder, PROGRAMS)], end);
  expect([silent.output(), realSilent.output()]).toEqual(["", ""]);
});

test("in the background directory and umask apply, and are logged alike; in the foreground neither does", async () => {
  const programs = `[program:where]
command=/bin/sh -c 'pwd; umask; exec sleep 1000'
startsecs=0
stdout_logfile=%(here)s/where.log
`;
  const said = ({ folder }: Driven) =>
    readFileSync(join(folder, "where.log"), "utf8").replace(folder, "FOLDER");
  const look = async (driven: Driven) => {
    await driven.logged("success: where");
    await expect.poll(() => said(driven)).toContain("\n0");
  };
  const args = (folder: string) => ["-m", "027", "-d", "/usr", "-c", prepare(folder, programs)];
  const [ours, real] = await both(args, look);
  expect(headOf(ours)).toEqual(headOf(real));
  expect([said(ours), said(real)]).toEqual(["/usr\n0027\n", "/usr\n0027\n"]);
  await both(() => [], endInBackground, [ours, real]);
  const [near, realNear] = await both((folder) => ["-n", ...args(folder)], look);
  expect(said(near)).toBe(said(realNear));
});

test("a shutdown overrules a restart that is under way, and no restart overrules a shutdown", async () => {
  const deaf = `[program:deaf]
command=/bin/sh -c 'trap "" TERM; echo ready; while :; do sleep 0.1; done'
startsecs=0
stopwaitsecs=2
stop_tree=false
stdout_logfile=%(here)s/deaf.log
`;
  const [ours, real] = await both(
    (folder) => ["-n", "-c", prepare(folder, deaf)],
    async ({ child, folder, logged, ended }) => {
      await logged("success: deaf");
      await expect.poll(() => readFileSync(join(folder, "deaf.log"), "utf8")).toBe("ready\n");
      for (const [signal, answer] of [
        ["SIGHUP", "received SIGHUP indicating restart request"],
        ["SIGTERM", "received SIGTERM indicating exit request"],
        ["SIGHUP", "ignored SIGHUP indicating restart request (shutdown in progress)"],
      ] as const) {
        child.kill(signal);
        await logged(answer);
      }
      await ended;
    },
  );
  expect(restOf(ours)).toEqual(restOf(real));
});

test("old logs of the same identifier are removed at the start, unless nocleanup", async () => {
  const old = [
    "web-stdout---supervisor-abc.log",
    "web-stdout---supervisor-abc.log.1",
    "web-stdout---supervisor-abc.log.12345",
    "web-stdout---supervisor-abc.logs",
    "web-stdout---other-abc.log",
    "---supervisor-abc.log",
    "supervisor-abc.log",
  ];
  for (const option of [[], ["-k"]]) {
    const left = async (driven: Driven) => driven.logged("supervisord started");
    const [ours, real] = await both((folder) => {
      for (const name of old) writeFileSync(join(folder, name), "");
      return ["-n", "-c", prepare(folder, ""), ...option];
    }, left);
    const kept = ({ folder }: Driven) => readdirSync(folder).filter((name) => old.includes(name));
    expect(kept(ours)).toEqual(kept(real));
    expect(kept(ours).length).toBe(option.length === 0 ? 3 : old.length);
  }
});

test("a pidfile that cannot be written is told, and the rest runs", async () => {
  const [ours, real] = await both(
    (folder) => ["-n", "-j", "/proc/supervisord.pid", "-c", prepare(folder, PROGRAMS)],
    ({ logged }) => logged("success: web"),
  );
  const critical = (driven: Driven) => driven.log().filter((line) => line.startsWith("CRIT could not"));
  expect(critical(ours)).toEqual(["CRIT could not write pidfile /proc/supervisord.pid"]);
  expect(critical(ours)).toEqual(critical(real));
});

test("a restart on a file that is broken by now keeps the configuration before, and says why", async () => {
  const folder = scratchFolder();
  const file = prepare(folder, PROGRAMS);
  const { child, logged } = drive(OURS, folder, ["-n", "-c", file]);
  await logged("success: web");
  writeFileSync(file, "[supervisord]\n[program:web]\n");
  child.kill("SIGHUP");
  await logged(
    "ERRO the configuration is refused, so the one before stays in force: program section program:web",
  );
  await logged("success: web", 2);
});

test("a Python plug-in is left out with a warning, and the rest runs", async () => {
  const folder = scratchFolder();
  const plugin =
    "[rpcinterface:twiddler]\nsupervisor.rpcinterface_factory=supervisor_twiddler.rpcinterface:make\n";
  const { log, logged } = drive(OURS, folder, ["-n", "-c", prepare(folder, `${plugin}${PROGRAMS}`)]);
  await logged("success: web");
  expect(log().filter((line) => line.startsWith("WARN [rpcinterface:twiddler] is left out"))).toHaveLength(1);
});

async function live({ child, logged, ended }: Driven): Promise<void> {
  await logged("gave up: quick");
  await logged("success: web");
  child.kill("SIGUSR2");
  await logged("supervisord logreopen");
  child.kill("SIGHUP");
  await logged("gave up: quick", 2);
  await logged("success: web", 2);
  child.kill("SIGTERM");
  await ended;
}

/** Starts both in folders of their own, or takes those given, and does the same with each. */
async function both(
  argsFor: (folder: string) => readonly string[],
  act: (driven: Driven) => Promise<void>,
  given?: readonly [Driven, Driven],
): Promise<[Driven, Driven]> {
  const start = (command: readonly string[]) => {
    const folder = scratchFolder();
    return drive(command, folder, argsFor(folder));
  };
  const pair: readonly [Driven, Driven] = given ?? [start(OURS), start(REAL)];
  await Promise.all(pair.map(act));
  return [pair[0], pair[1]];
}

async function endInBackground({ folder }: Driven): Promise<void> {
  const pidfile = join(folder, "supervisord.pid");
  process.kill(Number(readFileSync(pidfile, "utf8")), "SIGTERM");
  await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).not.toContain("supervisord.pid");
}

/** The configuration around programs, whose socket others may use: Supervisor calls every server without a password critical. */
function prepare(folder: string, programs: string): string {
  mkdirSync(join(folder, "conf.d"), { recursive: true });
  writeFileSync(join(folder, "conf.d/more.conf"), "[program:more]\ncommand=/bin/sleep 1000\nstartsecs=0\n");
  const file = join(folder, "supervisord.conf");
  const text = configAround(folder, programs);
  writeFileSync(
    file,
    text.replace("s.sock\n", "s.sock\nchmod=0770\n").replace("loglevel=debug", "loglevel=info"),
  );
  return file;
}

/** What is logged before the first program, in its order. */
function headOf(driven: Driven): string[] {
  const log = driven.log();
  return log.slice(0, log.findIndex((line) => line.includes("supervisord started")) + 1);
}

/** The rest, sorted: which of several programs is first differs from run to run, as does how often waits are told. */
function restOf(driven: Driven): string[] {
  const log = driven.log().filter((line) => !line.includes("to die"));
  return log.slice(log.findIndex((line) => line.includes("supervisord started")) + 1).sort();
}
