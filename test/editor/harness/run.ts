import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "./places.ts";

const execute = promisify(execFile);

/** Runs a command of the clone to its end and returns what it printed. Rejects with that where it fails. */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { stdout, stderr } = await execute(command, [...args], { cwd: root, env, timeout: 60_000 });
  return stdout + stderr;
}
