import { execFile } from "node:child_process";
import { describe, expect, test } from "vitest";
import { around, PROGRAMS } from "../helpers/ctl-programs.ts";
import { playScript } from "../helpers/ctl-script.ts";
import { type CtlAnswer, DEBIANS, setRunningStage, setStage } from "../helpers/ctl-stage.ts";
import { startDaemonOn } from "../helpers/daemon.ts";

describe("Debian's supervisorctl, unmodified", () => {
  test("prints against our daemon what it prints against the real supervisord, whatever is typed", async () => {
    const ours = setStage(DEBIANS, around(PROGRAMS));
    await startDaemonOn(ours.folder, ours.configFile);
    const real = await setRunningStage(DEBIANS, around(PROGRAMS));
    const [answers, expected] = await Promise.all([playScript(ours), playScript(real)]);
    expect(answers.map(alike)).toEqual(expected.map(alike));
  }, 120_000);

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
