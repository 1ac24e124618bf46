import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createRpcClient } from "../../daemon/client/rpc.ts";
import { ConfiguredServer } from "../../extension/servers/configured-server.ts";
import { createDaemonProgram } from "../../extension/servers/daemon-program.ts";
import { crashStage } from "../helpers/crash.ts";
import { isAlive } from "../helpers/daemon.ts";

const PROGRAMS =
  "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\n[program:two]\ncommand=/bin/sleep 1000\nstartsecs=0\n";

/** The daemon as an earlier version of the package would bring it. */
function earlierVersion(folder: string): string {
  const place = join(folder, "earlier");
  cpSync("dist/daemon", place, { recursive: true });
  const script = join(place, "supervisord.cjs");
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const text = readFileSync(script, "utf8");
  expect(text).toContain(`return "${version}"`);
  writeFileSync(script, text.replace(`return "${version}"`, 'return "0.0.1"'));
  return script;
}

test("an extension that was updated puts its daemon in the place of the earlier one: programs keep their pids", async () => {
  const stage = crashStage(PROGRAMS);
  vi.stubEnv("XDG_RUNTIME_DIR", stage.folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const settings = { dialect: () => "4.3", windowPolicy: () => ({ kind: "keep" }) as const };
  const programOf = (script: string) =>
    createDaemonProgram(
      script,
      async () => ({ PATH: process.env.PATH ?? "", XDG_RUNTIME_DIR: stage.folder }),
      settings,
    );
  const earlier = programOf(earlierVersion(stage.folder));
  const { digest } = await earlier.plan(stage.configFile);
  expect(await earlier.start(stage.configFile, digest ?? "")).toBeNull();
  const rpc = createRpcClient({ kind: "unix", path: stage.runtime.controlSocket });
  const before = await rpc.getAllProcessInfo();
  const earlierPid = await rpc.getPID();
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const server = new ConfiguredServer(
    { key: "s", file: stage.configFile },
    {
      daemon: programOf(resolve("dist/daemon/supervisord.cjs")),
      credentials: async () => ({}),
      windowPolicy: settings.windowPolicy,
      version,
      onChange: () => {},
      onRevival: () => {},
    },
  );
  onTestFinished(async () => {
    server.dispose();
    const pid = await rpc.getPID();
    await rpc.shutdown();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
  await server.look(true);
  const build = () => (server.view.state.kind === "connected" ? server.view.state.info?.build : null);
  await expect.poll(build, { timeout: 20_000 }).toBe(version);
  const after = await rpc.getAllProcessInfo();
  expect(after.map(({ name, pid, statename }) => [name, pid, statename])).toEqual(
    before.map(({ name, pid }) => [name, pid, "RUNNING"]),
  );
  expect([isAlive(earlierPid), stage.marked()]).toEqual([false, expect.objectContaining({ length: 2 })]);
});
