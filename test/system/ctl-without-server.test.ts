import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { around } from "../helpers/ctl-programs.ts";
import { ask, type CtlAnswer, each, onBoth, run, setStage } from "../helpers/ctl-stage.ts";

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

/** The names that an expansion could have used are those of the environment, which the two were given in another order. */
function withoutNames(answer: CtlAnswer): CtlAnswer {
  return { ...answer, stderr: answer.stderr.replace(/Available names: .*/, "Available names: ...") };
}
