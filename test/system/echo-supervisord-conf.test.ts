import { execFileSync } from "node:child_process";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ask, DEBIANS, OURS, setRunningStage, setStage } from "../helpers/ctl-stage.ts";
import { startDaemonOn } from "../helpers/daemon.ts";

const ECHO = resolve("dist/daemon/echo_supervisord_conf.cjs");

function sample(): string {
  return execFileSync(process.execPath, [ECHO], { encoding: "utf8" });
}

test("what echo_supervisord_conf prints runs a real supervisord, and its client finds it", async () => {
  const stage = await setRunningStage(DEBIANS, sample);
  expect(await ask(stage, ["version"])).toMatchObject({ status: 0, stderr: "" });
});

test("what echo_supervisord_conf prints runs our daemon, and its client finds it", async () => {
  const stage = setStage(OURS, () => sample().replaceAll("supervisord.sock", "s.sock"));
  await startDaemonOn(stage.folder, stage.configFile);
  expect(await ask(stage, ["version"])).toMatchObject({ status: 0, stderr: "" });
});

test("each option of the sample may be set to the value that it shows", async () => {
  const stage = await setRunningStage(DEBIANS, everythingSet);
  const answer = await ask(stage, ["-u", "name", "-p", "secret", "status", "example"]);
  expect(answer).toMatchObject({ stdout: "example                          STOPPED   Not started\n" });
});

/** The sample with its comment signs taken away, but for sections that need others or Python code, and what this machine must not do. */
function everythingSet(): string {
  const own = /^;?\[(unix_http_server|supervisord|supervisorctl|rpcinterface|program|include)\b/m;
  const paragraphs = sample()
    .split("\n\n")
    .filter((paragraph) => own.test(paragraph));
  return paragraphs
    .join("\n\n")
    .replace(/^;(?=\[|[a-z_.]+=)/gm, "")
    .replace(/^autostart=true$/m, "autostart=false")
    .replace(/^childlogdir=.*$/m, "childlogdir=%(here)s")
    .replace(/^(user|chown)=.*$/gm, `$1=${userInfo().username}`);
}
