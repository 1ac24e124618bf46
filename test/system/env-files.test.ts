import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startDaemon, watch } from "../helpers/daemon.ts";

const PRINT = "command=/bin/sh -c 'echo $A-$B-$C'\nstartsecs=0\nautorestart=false\nautostart=false\n";

test("a program gets the variables of its files as they are at each start", async () => {
  const daemon = await startDaemon(
    `[program:a]\n${PRINT}environment=C="own"\nenv_files=one.env -none.env two.env\n`,
  );
  const events = watch(daemon.address, { logs: ["stdout"], history: 1000 });
  writeFileSync(join(daemon.folder, "one.env"), "A=one\nB='one'\nC=one\n");
  writeFileSync(join(daemon.folder, "two.env"), 'B="two $A"\n');
  await daemon.rpc.startProcess("a");
  await events.state("a", "EXITED");
  writeFileSync(join(daemon.folder, "two.env"), "B=again\n");
  await daemon.rpc.startProcess("a");
  await events.state("a", "EXITED");
  expect(await daemon.rpc.readProcessStdoutLog("a", 0, 0)).toBe("one-two $A-own\none-again-own\n");
});

test("a program whose file is missing or wrong is FATAL with the reason, until the file is mended", async () => {
  const daemon = await startDaemon(`[program:a]\n${PRINT}startretries=0\nenv_files=my.env\n`);
  const events = watch(daemon.address);
  const path = join(daemon.folder, "my.env");
  await expect(daemon.rpc.startProcess("a")).rejects.toThrow("SPAWN_ERROR");
  expect((await events.state("a", "FATAL")).spawnError).toBe(`cannot read ${path} of env_files: ENOENT`);
  writeFileSync(path, "A=1\nwhat\n");
  await expect(daemon.rpc.startProcess("a")).rejects.toThrow("SPAWN_ERROR");
  expect((await events.state("a", "FATAL")).spawnError).toBe(
    `cannot use ${path} of env_files: in line 2 there is no =`,
  );
  rmSync(path);
  execFileSync("mkfifo", [path]);
  await expect(daemon.rpc.startProcess("a")).rejects.toThrow("SPAWN_ERROR");
  expect((await events.state("a", "FATAL")).spawnError).toBe(
    `cannot read ${path} of env_files: it is no file`,
  );
  rmSync(path);
  writeFileSync(path, "A=1\n");
  await daemon.rpc.startProcess("a");
  await events.state("a", "EXITED");
});
