import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { configAround, startDaemonOn } from "../helpers/daemon.ts";
import { startRealSupervisord } from "../helpers/real-supervisord.ts";
import { type Ran, run } from "../helpers/run.ts";
import { scratchFolder } from "../helpers/scratch.ts";

/** Debian's own client, unmodified. */
const SUPERVISORCTL = "/usr/bin/supervisorctl";

const PROGRAMS = `
[program:cat]
command=/bin/cat
startsecs=0
[program:hello]
command=/bin/sh -c 'echo hello; echo oops >&2; exec sleep 1000'
startsecs=0
[program:idle]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:ghost]
command=/no/such/command
autostart=false
startretries=0
[program:quick]
command=/bin/sh -c 'exit 3'
autostart=false
startretries=0
startsecs=1
[program:many]
command=/bin/sleep 1000
process_name=%(program_name)s_%(process_num)02d
numprocs=2
startsecs=0
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[group:pair]
programs=a,b
`;

/** What an admin types, in this order. */
const SCRIPT: readonly (readonly string[])[] = [
  ["status"],
  ["status", "cat"],
  ["status", "pair:*"],
  ["status", "idle"],
  ["status", "nobody"],
  ["status", "cat", "nobody:*", "pair:a"],
  ["start", "idle"],
  ["start", "idle"],
  ["start", "ghost"],
  ["start", "nobody"],
  ["start", "quick"],
  ["status", "ghost"],
  ["stop", "cat"],
  ["stop", "cat"],
  ["stop", "nobody"],
  ["restart", "cat"],
  ["restart", "pair:*"],
  ["stop", "pair:*"],
  ["start", "pair:*"],
  ["stop", "many:many_00"],
  ["start", "many:"],
  ["pid", "nobody"],
  ["pid", "cat"],
  ["pid"],
  ["pid", "all"],
  ["tail", "hello"],
  ["tail", "hello", "stderr"],
  ["tail", "-3", "hello"],
  ["tail", "nobody"],
  ["tail", "idle"],
  ["signal", "HUP", "idle"],
  ["signal", "NONSENSE", "cat"],
  ["signal", "HUP", "nobody"],
  ["clear", "hello"],
  ["tail", "hello"],
  ["avail"],
  ["reread"],
  ["update"],
  ["add", "cat"],
  ["add", "nobody"],
  ["remove", "cat"],
  ["remove", "nobody"],
  ["stop", "all"],
  ["status"],
  ["start", "all"],
  ["restart", "all"],
  ["shutdown"],
];

type Answer = Ran & { readonly command: string };

beforeAll(() => {
  if (!existsSync(SUPERVISORCTL))
    throw new Error("Debian's supervisor is not here: apt-get install supervisor");
});

describe("Debian's supervisorctl", () => {
  test("prints against our daemon what it prints against the real supervisord", async () => {
    const [ours, theirs] = [prepare(), prepare()];
    await startDaemonOn(ours.folder, ours.configFile);
    await startRealSupervisord(theirs.folder, theirs.configFile);
    const [answers, expected] = await Promise.all([play(ours), play(theirs)]);
    expect(answers).toEqual(expected);
  });

  test("follows a log as it is written", async () => {
    const ours = prepare();
    const daemon = await startDaemonOn(ours.folder, ours.configFile);
    const tail = execFile(SUPERVISORCTL, ["-c", ours.configFile, "tail", "-f", "cat"]);
    const text = new Promise<string>((done) => {
      let seen = "";
      tail.stdout?.on("data", (data: string) => {
        seen += data;
        if (seen.includes("==> Press Ctrl-C to exit <==")) {
          void daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "written later\n"]);
        }
        if (seen.includes("written later")) done(seen);
      });
    });
    expect(await text).toBe("==> Press Ctrl-C to exit <==\nwritten later\n");
    tail.kill("SIGINT");
    await new Promise((done) => tail.on("close", done));
  });
});

type Stage = { readonly folder: string; readonly configFile: string };

function prepare(): Stage {
  const folder = scratchFolder();
  const configFile = join(folder, "supervisord.conf");
  writeFileSync(configFile, configAround(folder, PROGRAMS));
  return { folder, configFile };
}

async function play(stage: Stage): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const command of SCRIPT) answers.push(await ask(stage, command));
  return answers;
}

async function ask({ folder, configFile }: Stage, command: readonly string[]): Promise<Answer> {
  const { status, stdout, stderr } = await run(SUPERVISORCTL, ["-c", configFile, ...command]);
  return {
    command: command.join(" "),
    status,
    stdout: normalise(command.includes("all") ? sortLines(stdout) : stdout, folder),
    stderr: normalise(stderr, folder),
  };
}

/** Many processes are reported in the order in which they were done with, which differs from run to run. */
function sortLines(text: string): string {
  return text.split("\n").sort().join("\n");
}

/** What differs between any two runs: process ids, times, and where the test put its files. */
function normalise(text: string, folder: string): string {
  return text
    .replaceAll(folder, "FOLDER")
    .replace(/pid \d+/g, "pid N")
    .replace(/^[1-9]\d*$/gm, "N")
    .replace(/uptime \d+:\d\d:\d\d/g, "uptime T")
    .replace(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "TIME");
}
