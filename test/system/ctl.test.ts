import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import {
  ask,
  type Ctl,
  type CtlAnswer,
  type CtlStage,
  DEBIANS,
  OURS,
  run,
  setRunningStage,
  setStage,
} from "../helpers/ctl-stage.ts";
import { configAround } from "../helpers/daemon.ts";

const PROGRAMS = `
[program:cat]
command=/bin/cat
startsecs=0
[program:hello]
command=/bin/sh -c 'printf "h\\303\\251llo <&>\\n"; echo oops >&2; exec sleep 1000'
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
autorestart=false
startretries=0
startsecs=10
[program:a-name-that-is-longer-than-thirty-characters]
command=/bin/sleep 1000
startsecs=0
priority=1
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
priority=5
`;

/** The configuration after an edit: one group gone, one new, one changed. */
const EDITED = PROGRAMS.replace("[group:pair]\nprograms=a,b", "[group:couple]\nprograms=a,b").replace(
  "command=/bin/cat",
  "command=/bin/cat -u",
);

/** What an admin types, in this order; a text that is not a command is the configuration from then on. */
const SCRIPT: readonly (readonly string[] | { readonly programs: string })[] = [
  ["status"],
  ["status", "cat"],
  ["status", "all"],
  ["status", "pair:*", "cat", "cat"],
  ["status", "pair:"],
  ["status", "idle"],
  ["status", "nobody"],
  ["status", "cat", "nobody:*", "pair:a", "pair:z"],
  ["start", "idle"],
  ["start", "idle"],
  ["start", "ghost"],
  ["start", "nobody", "pair:nobody", "cat"],
  ["start", "nobody:*"],
  ["start", "quick"],
  ["status", "ghost", "quick"],
  ["stop", "cat"],
  ["stop", "cat"],
  ["stop", "nobody", "nobody:*"],
  ["restart", "cat"],
  ["restart", "nobody"],
  ["restart", "pair:*"],
  ["stop", "pair:*"],
  ["stop", "pair:*"],
  ["start", "pair:*"],
  ["start", "pair:*"],
  ["stop", "many:many_00"],
  ["start", "many:"],
  ["pid"],
  ["pid", "nobody"],
  ["pid", "quick", "cat"],
  ["pid", "all"],
  ["tail", "hello"],
  ["tail", "hello", "stderr"],
  ["tail", "hello", "STDERR"],
  ["tail", "-3", "hello", "stderr"],
  ["tail", "-5x", "hello"],
  ["tail", "-", "hello"],
  ["tail", "-f"],
  ["tail", "hello", "stdlog"],
  ["tail", "hello", "it's"],
  ["tail", "nobody"],
  ["tail", "idle"],
  ["tail", "ghost"],
  ["tail", "-f", "nobody"],
  ["maintail", "-0x"],
  ["maintail", "cat"],
  ["signal", "HUP", "idle"],
  ["signal", "HUP", "idle"],
  ["signal", "NONSENSE", "cat"],
  ["signal", "HUP", "nobody", "nobody:*"],
  ["signal", "0", "many:*"],
  ["clear", "hello"],
  ["clear", "nobody", "pair:a"],
  ["clear", "all"],
  ["tail", "hello"],
  ["avail"],
  ["version"],
  ["open", "unix:///no/such/socket"],
  ["open", "ftp://host"],
  ["reread"],
  ["update"],
  ["add", "cat"],
  ["add", "nobody"],
  ["remove", "cat"],
  ["remove", "nobody"],
  ["fg", "nobody"],
  ["fg", "quick"],
  ["fg", "cat", "hello"],
  ["help"],
  ["?"],
  ["help", "nonsense"],
  ["nonsense", "cat"],
  ["Status"],
  ["!ls"],
  ["-"],
  ["status  cat"],
  ["EOF"],
  ["quit"],
  { programs: EDITED },
  ["reread"],
  ["avail"],
  ["update", "nobody"],
  ["update", "couple"],
  ["update"],
  ["status"],
  { programs: `${EDITED}\n[program:broken]\n` },
  ["reread"],
  ["update"],
  { programs: EDITED },
  ["stop", "all"],
  ["status"],
  ["remove", "cat"],
  ["add", "cat"],
  ["start", "all"],
  ["restart", "all"],
  ["signal", "CONT", "all"],
  ["shutdown"],
];

describe("supervisorctl", () => {
  test("prints what Debian's prints, with the same exit status, whatever is typed", async () => {
    const { ours, expected } = await onBoth(setRunningStage, around(PROGRAMS), play);
    expect(ours).toEqual(expected);
  }, 120_000);

  test("words a wrong use as Debian's does, and explains the action in its own words", async () => {
    const wrong = ["start", "stop", "restart", "signal", "signal HUP", "clear", "tail", "tail a b c d", "fg"];
    const superfluous = ["maintail -1 -2", "shutdown now", "reload now", "avail x", "reread x", "version x"];
    const { ours, expected } = await onBoth(setRunningStage, around(PROGRAMS), (stage) =>
      each([...wrong, ...superfluous], (line) => ask(stage, line.split(" "))),
    );
    expect(ours.map(firstLine)).toEqual(expected.map(firstLine));
    for (const { stdout } of ours) expect(stdout.split("\n").length).toBeGreaterThan(2);
  });

  test("holds a conversation over a pipe as Debian's does", async () => {
    const lines = [
      "",
      "status cat",
      "  pid nobody",
      "help",
      "stop cat",
      "reload",
      "n",
      "shutdown",
      "",
      "status cat",
    ];
    const { ours, expected } = await onBoth(setRunningStage, around(PROGRAMS), (stage) =>
      each([[], ["quit"]], (more) => ask(stage, [], [...lines, ...more].join("\n"))),
    );
    expect(ours).toEqual(expected);
    expect(ours[0]?.stdout).toContain("supervisor> cat: stopped\n");
  });

  test("speaks over TCP as over a socket file", async () => {
    const { ours, expected } = await onBoth(setRunningStage, around(PROGRAMS), async (stage) => {
      const port = await freePort();
      writeFileSync(
        stage.configFile,
        configAround(stage.folder, PROGRAMS)
          .replace(/serverurl=.*/, `serverurl=http://localhost:${port}`)
          .concat(`[inet_http_server]\nport=127.0.0.1:${port}\nusername=u\npassword=p\n`),
      );
      await ask(stage, ["-s", `unix://${stage.folder}/s.sock`, "reload"]);
      const up = () => ask(stage, ["-u", "u", "-p", "p", "version"]);
      while ((await up()).status !== 0);
      return each([["status"], ["-uu", "-pp", "status"], ["-uu", "-pp", "tail", "hello"]], (command) =>
        ask(stage, command),
      );
    });
    expect(ours.map(withoutRetry)).toEqual(expected.map(withoutRetry));
    expect(ours.map(({ status }) => status)).toEqual([1, 3, 0]);
  });

  test("asks for a password, and takes the one on the command line or in the configuration", async () => {
    const locked = (folder: string) =>
      configAround(folder, PROGRAMS).replace(
        "s.sock\n[supervisord]",
        "s.sock\nusername=u\npassword=p:%%\n[supervisord]",
      );
    const open = (folder: string) =>
      locked(folder).replace(/(serverurl=.*)/, "$1\nusername=u\npassword=p:%%");
    const { ours, expected } = await onBoth(setRunningStage, locked, async (stage) => {
      const commands = [["status"], ["pid"], ["-u", "u", "status"], ["-u", "u", "-p", "wrong", "status"]];
      const answers = await each([...commands, ["-uu", "--pass=p:%", "status", "cat"]], (command) =>
        ask(stage, command),
      );
      writeFileSync(stage.configFile, open(stage.folder));
      return [...answers, await ask(stage, ["status", "cat"])];
    });
    expect(ours).toEqual(expected.map(withoutRetry));
    expect(ours.map(({ status }) => status)).toEqual([1, 1, 1, 1, 0, 0]);
  });
});

describe("supervisorctl without a server", () => {
  test("says so as Debian's does", async () => {
    const commands = [
      "status",
      "start a",
      "stop",
      "tail a",
      "maintail",
      "pid",
      "shutdown",
      "reload",
      "avail",
      "reread",
      "update",
      "add a",
      "version",
      "fg a",
      "clear all",
      "signal HUP a",
    ];
    const urls = [
      "unix:///no/such/socket",
      "http://127.0.0.1:1",
      "http://localhost:1",
      "unix:///etc/passwd",
      "ftp://x/",
    ];
    const { ours, expected } = await onBoth(setStage, around(""), async (stage) => [
      ...(await each(commands, (line) => ask(stage, line.split(" ")))),
      ...(await each(urls, (url) => run(stage, ["-s", url, "-c", stage.configFile, "status"]))),
      ...(await each(urls, (url) => run(stage, ["-s", url, "-c", stage.configFile, "shutdown"]))),
    ]);
    expect(ours).toEqual(expected);
  });

  test("refuses a wrong command line or configuration as Debian's does", async () => {
    const lines = [
      "-x",
      "-c",
      "--nope",
      "--user",
      "--interactive=1",
      "-s foo status",
      "-s a:b -s c:d status",
      "-u a -u b status",
      "--c=x -c y status",
      "-c /no/such/file status",
      "-c /etc status",
      "-c empty.conf status",
      "-c bad.conf status",
      "-c badly.conf status",
      "-c twice.conf status",
      "-c default.conf status",
      "-c home.conf status",
      "status",
      "-s unix:///no/sock status",
    ];
    const { ours, expected } = await onBoth(setStage, around(""), async (stage) => {
      const write = (name: string, text: string) => writeFileSync(`${stage.folder}/${name}`, text);
      write("empty.conf", "[supervisord]\n");
      write("bad.conf", "[supervisorctl]\nserverurl=unix://%(here)s/%(nothing)s\n");
      write("badly.conf", "[supervisorctl]\nprompt=100%\n");
      write(
        "twice.conf",
        "[supervisorctl]\nserverurl=unix:///one\n[supervisorctl]\nSERVERURL = unix://%(here)s/../two ; three\n",
      );
      write("default.conf", "[DEFAULT]\nserverurl=unix:///of/default\n[supervisorctl]\n");
      write("home.conf", "[supervisorctl]\nserverurl=unix://~/%(ENV_HOME)s\n");
      return each(lines, (line) => run(stage, line.split(" ")));
    });
    expect(ours.map(withoutNames)).toEqual(expected.map(withoutNames));
  });
});

describe("supervisorctl, on its own,", () => {
  test("shows a process in the foreground, sends it what is typed, and leaves at the end of input", async () => {
    const stage = await setRunningStage(OURS, around(PROGRAMS));
    const child = spawn(OURS.program, [...OURS.args, "-c", stage.configFile, "fg", "cat"]);
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.endsWith("exit <==\n")) child.stdin.write("typed\n");
      if (stdout.endsWith("typed\n")) child.stdin.end();
    });
    const status = await new Promise((done) => child.on("close", done));
    expect({ stdout, status }).toEqual({
      stdout: "==> Press Ctrl-C to exit <==\ntyped\nExiting foreground\n",
      status: 0,
    });
  });

  test("follows a log until Ctrl-C", async () => {
    const stage = await setRunningStage(OURS, around(PROGRAMS));
    expect(await interrupted(stage, ["tail", "-f", "hello"], "<&>\n")).toEqual({
      stdout: "==> Press Ctrl-C to exit <==\nh\u00e9llo <&>\n\n",
      status: 0,
    });
  });

  test("prints JSON, and complaints apart from it", async () => {
    const stage = await setRunningStage(OURS, around(PROGRAMS));
    const status = await ask(stage, ["status", "--json", "cat", "nobody"]);
    expect(JSON.parse(status.stdout)).toMatchObject([{ name: "cat", group: "cat", statename: "RUNNING" }]);
    expect(status).toMatchObject({ status: 4, stderr: "nobody: ERROR (no such process)\n" });
    expect(JSON.parse((await ask(stage, ["pid", "--json", "quick"])).stdout)).toEqual({ quick: 0 });
    expect(JSON.parse((await ask(stage, ["reread", "--json"])).stdout)).toEqual({
      added: [],
      changed: [],
      removed: [],
    });
    expect(JSON.parse((await ask(stage, ["avail", "--json"])).stdout)).toContainEqual(
      expect.objectContaining({ name: "b", group: "pair", autostart: true, inuse: true }),
    );
  });

  test("tells more with status -v", async () => {
    const stage = await setRunningStage(OURS, around(PROGRAMS));
    const { stdout } = await ask(stage, ["status", "-v", "cat"]);
    expect(stdout).toMatch(/^cat +RUNNING .*\n {4}started {5}\d{4}-.*\n {4}stdout {6}FOLDER\/cat-stdout/);
  });
});

function around(programs: string): (folder: string) => string {
  return (folder) => configAround(folder, programs);
}

/** Does the same with both clients, each on a stage of its own. */
async function onBoth<T>(
  set: (ctl: Ctl, configuration: (folder: string) => string) => CtlStage | Promise<CtlStage>,
  configuration: (folder: string) => string,
  act: (stage: CtlStage) => Promise<T>,
): Promise<{ ours: T; expected: T }> {
  const both = async (ctl: Ctl) => act(await set(ctl, configuration));
  const [ours, expected] = await Promise.all([both(OURS), both(DEBIANS)]);
  return { ours, expected };
}

async function each<T>(items: readonly T[], act: (item: T) => Promise<CtlAnswer>): Promise<CtlAnswer[]> {
  const answers: CtlAnswer[] = [];
  for (const item of items) answers.push(await act(item));
  return answers;
}

async function play(stage: CtlStage): Promise<CtlAnswer[]> {
  const answers: CtlAnswer[] = [];
  for (const step of SCRIPT) {
    if ("programs" in step) writeFileSync(stage.configFile, configAround(stage.folder, step.programs));
    else answers.push(await ask(stage, step));
  }
  return answers;
}

/** Debian's tries once more where a password is missing, and tells of the second refusal too. */
function withoutRetry(answer: CtlAnswer): CtlAnswer {
  return { ...answer, stdout: answer.stdout.replace("error: REASON\n", "") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function firstLine({ command, status, stdout, stderr }: CtlAnswer) {
  return { command, status, line: stdout.split("\n")[0], stderr };
}

/** The names that an expansion could have used are those of the environment, which the two were given in another order. */
function withoutNames(answer: CtlAnswer): CtlAnswer {
  return { ...answer, stderr: answer.stderr.replace(/Available names: .*/, "Available names: ...") };
}

/** Runs the client until its output ends so, then interrupts it. */
function interrupted({ ctl, configFile }: CtlStage, command: readonly string[], until: string) {
  const child = spawn(ctl.program, [...ctl.args, "-c", configFile, ...command], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (stdout.endsWith(until)) child.kill("SIGINT");
  });
  return new Promise((done) => child.on("close", (status) => done({ stdout, status })));
}
