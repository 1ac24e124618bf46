import { execFile } from "node:child_process";
import { describe, expect, test } from "vitest";
import { around, PROGRAMS } from "../helpers/ctl-programs.ts";
import { playScript } from "../helpers/ctl-script.ts";
import { type CtlAnswer, DEBIANS, run, setRunningStage, setStage } from "../helpers/ctl-stage.ts";
import { configAround, startDaemonOn } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";

describe("Debian's supervisorctl, unmodified", () => {
  test("prints against our daemon what it prints against the real supervisord, whatever is typed", async () => {
    const ours = setStage(DEBIANS, around(PROGRAMS));
    await startDaemonOn(ours.folder, ours.configFile);
    const real = await setRunningStage(DEBIANS, around(PROGRAMS));
    const [answers, expected] = await Promise.all([playScript(ours), playScript(real)]);
    expect(answers.map(alike)).toEqual(expected.map(alike));
  }, 120_000);

  test.each([
    ["127.0.0.1", "sécret"],
    ["localhost", "{SHA}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4"],
  ])("does the same over TCP at %s with the password %s", async (host, password) => {
    const port = await freePort();
    const spoken = password.startsWith("{SHA}") ? "secret" : password;
    const server = `[inet_http_server]\nport=127.0.0.1:${port}\nusername=me\npassword=${password}\n`;
    const client = `[supervisorctl]\nserverurl=http://${host}:${port}\nusername=me\npassword=${spoken}\n`;
    const program = "[program:cat]\ncommand=/bin/cat\nstartsecs=0\n";
    const stage = setStage(DEBIANS, (folder) =>
      configAround(folder, program + server).replace(/\[supervisorctl\]\n.*\n/, client),
    );
    const daemon = await startDaemonOn(stage.folder, stage.configFile);
    const answers: CtlAnswer[] = [];
    for (const command of ["status", "restart cat", "tail cat"])
      answers.push(await run(stage, ["-c", stage.configFile, ...command.split(" ")]));
    expect(answers.map(({ stdout }) => stdout)).toEqual([
      expect.stringMatching(/^cat +RUNNING/),
      "cat: stopped\ncat: started\n",
      "\n",
    ]);
    const following = execFile(stage.ctl.program, ["-c", stage.configFile, "tail", "-f", "cat"]);
    const followed = new Promise<void>((done) => {
      following.stdout?.on("data", (data: string) => {
        if (data.includes("Press Ctrl-C"))
          void daemon.rpc.call("supervisor.sendProcessStdin", ["cat", "later\n"]);
        if (data.includes("later")) done();
      });
    });
    await followed;
    following.kill("SIGINT");
    await new Promise((done) => following.on("close", done));
    const wrong = await run(stage, ["-s", `http://${host}:${port}`, "-u", "me", "-p", "wrong", "status"]);
    expect(wrong.stdout).toContain("Server requires authentication");
  });

  test("follows a log as it is written", async () => {
    const { folder, configFile, ctl } = setStage(DEBIANS, around(PROGRAMS));
    const daemon = await startDaemonOn(folder, configFile);
    const tail = execFile(ctl.program, ["-c", configFile, "tail", "-f", "cat"]);
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

/** The two differ in the release that they stand for, and ours says where in the file a mistake is. */
function alike(answer: CtlAnswer): CtlAnswer {
  const stdout = answer.stdout
    .replace(/^\d+\.\d+\.\d+$/gm, "VERSION")
    .replace(/^FOLDER\S*:\d+:\d+: error: .*\n/gm, "");
  return { ...answer, stdout };
}
