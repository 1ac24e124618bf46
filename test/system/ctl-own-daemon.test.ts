import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ask, type CtlStage, OURS } from "../helpers/ctl-stage.ts";
import { configAround, startDaemon, type TestDaemon } from "../helpers/daemon.ts";

const PROGRAMS = "[program:cat]\ncommand=/bin/cat\nstartsecs=0\n";

test("a configuration that names no server still finds our daemon that runs for it", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const stage = stageOf(daemon);
  expect(await ask(stage, ["status"])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^cat .*RUNNING/),
  });
  writeFileSync(stage.configFile, configAround(daemon.folder, PROGRAMS).replace(/serverurl=.*/, ""));
  expect(await ask(stage, ["status"])).toMatchObject({ status: 0 });
  writeFileSync(stage.configFile, `[supervisord]\n${PROGRAMS}`);
  expect(await ask(stage, ["status"])).toMatchObject({ status: 0 });
});

test("a configuration without a daemon is told from one whose daemon is elsewhere", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const other = join(daemon.folder, "other.conf");
  writeFileSync(other, "[supervisord]\n");
  expect(await ask({ ...stageOf(daemon), configFile: other }, ["status"])).toMatchObject({
    status: 2,
    stderr: "Error: .ini file does not include supervisorctl section\nFor help, use CTL -h\n",
  });
});

test("our daemon stops when told, and its client says so once it is gone", async () => {
  const daemon = await startDaemon(PROGRAMS);
  const stage = stageOf(daemon);
  expect(await ask(stage, ["shutdown"])).toMatchObject({ status: 0, stdout: "Shut down\n" });
  await daemon.ended;
  expect(await ask(stage, ["shutdown"])).toMatchObject({
    status: 1,
    stdout: "ERROR: unix://FOLDER/s.sock no such file (already shut down?)\n",
  });
});

/** The client with the daemon's own environment, in which both find the same runtime folder. */
function stageOf({ folder, configFile }: TestDaemon): CtlStage {
  return { folder, configFile, ctl: { ...OURS, env: { XDG_RUNTIME_DIR: folder } } };
}
