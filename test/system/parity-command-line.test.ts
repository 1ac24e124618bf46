import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SUPERVISORD, testEnvironment } from "../helpers/daemon.ts";
import { type Ran, run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

const REAL = "/usr/bin/supervisord";

/** Command lines that are refused before anything is started. FOLDER holds `ok.conf`, `bad.conf` and a folder `d`. */
const REFUSED: readonly string[][] = [
  ["--nope"],
  ["-x"],
  ["-c"],
  ["--no"],
  ["--no=1"],
  ["--user"],
  ["--conf"],
  ["--nodaemon=1"],
  ["foo", "bar"],
  ["-n", "it's"],
  ["-"],
  ["-m", "9"],
  ["--umask=0z"],
  ["-d", "/nope"],
  ["-l", "/nope/x.log"],
  ["-y", "5XB"],
  ["-y", ""],
  ["-z", "1.5"],
  ["-e", "loud"],
  ["-j", "/nope/p.pid"],
  ["-q", "/nope"],
  ["-a", "many"],
  ["--minf=x"],
  ["--minprocs", "x"],
  ["-n", "-n"],
  ["-nk", "--nocleanup"],
  ["-i", "a", "--ident", "b"],
  ["-s", "-s"],
  ["-t", "--strip_ansi"],
  ["-c", "ok.conf", "-c", "ok.conf"],
  ["-z", "x", "-h"],
  ["--str=1"],
  ["-n", "-c", "ok.conf", "-u", "nosuchuser"],
  ["-n", "-c", "ok.conf", "-u", "99999"],
];

/** Where ours adds a line that says more. */
const REFUSED_WITH_MORE: readonly string[][] = [
  ["-c", "nothing.conf"],
  ["-c", "d"],
  ["-n", "-c", "bad.conf"],
  ["-n", "-c", "empty.conf"],
];

/** Servers that cannot be opened. */
const NO_SERVER: Readonly<Record<string, string>> = {
  "a socket in a folder that is not there": "[unix_http_server]\nfile=%(here)s/none/s.sock\n",
  "a socket in a place that is no folder": "[unix_http_server]\nfile=%(here)s/ok.conf/s.sock\n",
  "a port that is taken": "[inet_http_server]\nport=127.0.0.1:PORT\n",
  "an address that is not this machine's":
    "[inet_http_server]\nport=192.0.2.1:9001\nusername=a\npassword=b\n",
};

describe("supervisord refuses as Supervisor does", () => {
  test.each(REFUSED.map(titled))("%s", async (_, args) => {
    const [ours, real] = await both(args);
    expect(ours).toEqual(real);
    expect(ours.status).toBe(2);
  });

  test.each(REFUSED_WITH_MORE.map(titled))("%s, with the place of the mistake", async (_, args) => {
    const [ours, real] = await both(args);
    const lines = (ran: Ran) => ran.stderr.split("\n");
    expect([lines(ours).at(0), lines(ours).at(-2), ours.status]).toEqual([
      lines(real).at(0),
      lines(real).at(-2),
      2,
    ]);
    expect(ours.stderr).toMatch(/\.conf:\d+:\d+: error: |d:1:1: error: /);
  });

  test.each(Object.entries(NO_SERVER))("%s", async (_, section) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const text = `[supervisord]\n${section.replace("PORT", String(port))}`;
    const [ours, real] = await both(["-n", "-c", "server.conf"], { "server.conf": text });
    taken.close();
    expect(ours.stderr.split("\n")[0]).toBe(real.stderr.split("\n")[0]);
    expect([ours.status, real.status]).toEqual([2, 2]);
  });

  test("limits that are out of reach", async () => {
    const [files, realFiles] = await both(["-n", "-c", "ok.conf", "-a", "2000000000"]);
    const [processes, realProcesses] = await both(["-n", "-c", "ok.conf", "--minprocs", "2000000000"]);
    // Supervisor shows the limit that it asked for where it means the one that stands.
    const withoutHard = ({ stderr, status }: Ran) => [stderr.replace(/to open \d+ /, "to open N "), status];
    expect(withoutHard(files)).toEqual(withoutHard(realFiles));
    expect(withoutHard(processes)).toEqual(withoutHard(realProcesses));
    expect(files.status).toBe(2);
  });
});

test("help and version come first, whatever stands behind them", async () => {
  for (const option of ["-h", "-?", "--help", "--he"]) {
    const { status, stdout } = await ours(scratchFolder(), [option, "-z", "x"]);
    expect({ status, usage: stdout.includes("Usage: supervisord [options]") }).toEqual({
      status: 0,
      usage: true,
    });
  }
  expect(await ours(scratchFolder(), ["-v", "-z", "x"])).toMatchObject({ status: 0, stdout: "4.3.0\n" });
});

test("a limit is raised where it may be, and that is logged", async () => {
  const folder = withFiles();
  const script = `ulimit -Su 3000; exec "$0" "$@"`;
  const args = ["-c", script, process.execPath, SUPERVISORD, "-nc", "ends.conf", "--minprocs", "4000"];
  const { stdout } = await run("/bin/bash", args, { cwd: folder, env: testEnvironment(folder) });
  expect(stdout).toContain("INFO Increased RLIMIT_NPROC limit to 4000\n");
});

test("a search as root warns of what the working directory may hold", async () => {
  const { stderr } = await ours(scratchFolder(), ["--print-unit", "systemd"]);
  const warning = "Supervisord is running as root and it is searching for its configuration file";
  expect(stderr.includes(warning)).toBe(process.getuid?.() === 0);
});

/** A daemon that its program ends. */
const ENDS = `[supervisord]
[program:end]
command=/bin/sh -c 'kill -TERM $PPID; exec sleep 100'
stdout_logfile=NONE
stderr_logfile=NONE
`;

function titled(args: readonly string[]): [title: string, args: readonly string[]] {
  return [args.join(" "), args];
}

async function both(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<[Ran, Ran]> {
  const folder = withFiles();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const real = run(REAL, args, { cwd: folder });
  return [alike(await ours(folder, args), SUPERVISORD), alike(await real, REAL)];
}

function ours(folder: string, args: readonly string[]): Promise<Ran> {
  return run(process.execPath, [SUPERVISORD, ...args], { cwd: folder, env: testEnvironment(folder) });
}

function alike(ran: Ran, program: string): Ran {
  return { ...ran, stderr: ran.stderr.replaceAll(program, "SUPERVISORD") };
}

function withFiles(): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, "d"));
  writeFileSync(join(folder, "ok.conf"), "[supervisord]\n");
  writeFileSync(join(folder, "bad.conf"), "[supervisord]\nloglevel=loud\n");
  writeFileSync(join(folder, "empty.conf"), "");
  writeFileSync(join(folder, "ends.conf"), ENDS);
  return folder;
}
