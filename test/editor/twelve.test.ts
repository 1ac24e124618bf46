import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { projectNode, root } from "./harness/places.ts";
import { processesOf } from "./harness/processes.ts";
import { run } from "./harness/run.ts";
import { environment } from "./harness/server.ts";
import { copyTwelve, startDebians, TWELVE } from "./harness/twelve.ts";

test("Debian's supervisord brings the twelve programs up", async () => {
  const folder = await aCopy();
  await startDebians(folder);
  await expectTwelve(folder);
});

test("the bundled daemon brings the twelve programs up", async () => {
  const folder = await aCopy();
  const args = [join(root, "dist/daemon/supervisord.cjs"), "-c", join(folder, "supervisord.conf")];
  await run(projectNode, args, environment(folder));
  await expectTwelve(folder);
});

async function aCopy(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "ed-"));
  await copyTwelve(folder);
  onTestFinished(async () => {
    await control(folder, "shutdown");
    // It answers first, and ends then.
    await vi.waitFor(() => expect(processesOf(folder)).toEqual([]), { timeout: 15_000, interval: 50 });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

async function expectTwelve(folder: string): Promise<void> {
  const states = [
    ...TWELVE.running.map((name) => [name, "RUNNING"]),
    [TWELVE.fatal, "FATAL"],
    [TWELVE.exited, "EXITED"],
    ...TWELVE.stopped.map((name) => [name, "STOPPED"]),
  ];
  const status = async () => expect((await statesOf(folder)).toSorted()).toEqual(states.toSorted());
  await vi.waitFor(status, { timeout: 20_000, interval: 200 });
}

async function statesOf(folder: string): Promise<readonly (string | undefined)[][]> {
  const lines = (await control(folder, "status")).trim().split("\n");
  return lines.map((line) => line.split(/\s+/).slice(0, 2));
}

/** What our supervisorctl answers; it also tells by its exit code that some program is down. */
async function control(folder: string, command: string): Promise<string> {
  const script = `${projectNode} ${root}/dist/daemon/supervisorctl.cjs -c ${folder}/supervisord.conf ${command}; true`;
  return await run("sh", ["-c", script], environment(folder));
}
