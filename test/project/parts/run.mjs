// Child processes of the project scripts: one way to start them, with the project's Node first on the path.
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./places.mjs";

/** One line to the person who started the script. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** The environment of a child: tools of the clone first, and nothing of the npm that runs this script. */
export function childEnvironment() {
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) {
    // npm takes these over from an outer npm: an install would then believe that it runs under the outer one's Node.
    if (
      /^npm_(package_|lifecycle_|config_user_agent$|config_local_prefix$|command$|node_execpath$)/.test(name)
    ) {
      delete environment[name];
    }
  }
  environment.PATH = [join(root, "node_modules/.bin"), environment.PATH].join(delimiter);
  return environment;
}

/** Runs a command to its end; its output is shown (`"inherit"`) or kept (`"keep"`). Never rejects: a command that cannot start has code 127. */
export function run(command, args, { cwd = root, output = "keep", env = {} } = {}) {
  return new Promise((resolve) => {
    const stdio = output === "inherit" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"];
    const child = spawn(command, args, { cwd, stdio, env: { ...childEnvironment(), ...env } });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** Seconds since `startedAt` (milliseconds of `performance.now()`), as people read them. */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
