import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { around, PROGRAMS } from "../helpers/ctl-programs.ts";
import {
  ask,
  type CtlAnswer,
  type CtlStage,
  each,
  OURS,
  onBoth,
  setRunningStage,
} from "../helpers/ctl-stage.ts";
import { configAround } from "../helpers/daemon.ts";

describe("supervisorctl", () => {
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
