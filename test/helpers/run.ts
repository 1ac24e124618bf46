import { execFile } from "node:child_process";

export type Ran = { readonly status: number | string; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end. */
export function run(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((done) => {
    execFile(file, [...args], options, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : (error.code ?? "killed"), stdout, stderr });
    });
  });
}
