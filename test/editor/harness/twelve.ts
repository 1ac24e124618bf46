import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../helpers/free-port.ts";
import { root } from "./places.ts";
import { run } from "./run.ts";

/** The processes of the workspace of twelve programs, as commands name them, with what becomes of them by themselves. */
export const TWELVE = {
  /** They come up with the supervisor. */
  running: [
    "web",
    "files",
    "worker",
    "asking",
    "pool:pool_00",
    "pool:pool_01",
    "queue:producer",
    "queue:consumer",
  ],
  /** Is given up after two tries, with exit code 3 and a line on stderr. */
  fatal: "crashing",
  /** Has done its job. */
  exited: "once",
  /** Wait until somebody starts them: `flooding` writes 100,000 lines, `slow` is STARTING for three seconds. */
  stopped: ["flooding", "slow", "idle"],
} as const;

/** Copies the workspace of twelve programs into an empty folder, with free ports for its two servers. */
export async function copyTwelve(path: string): Promise<void> {
  cpSync(join(root, "test/fixtures/twelve"), path, { recursive: true });
  mkdirSync(join(path, ".supervisord"));
  const file = join(path, "supervisord.conf");
  const [web, files] = [await freePort(), await freePort()];
  const text = readFileSync(file, "utf8").replaceAll("18473", String(web)).replaceAll("18474", String(files));
  writeFileSync(file, text);
}

/** Runs Debian's own supervisord on the configuration of a workspace; the session ends it as it does ours. */
export async function startDebians(path: string): Promise<void> {
  if (!existsSync("/usr/bin/supervisord"))
    throw new Error("Debian's supervisor is not here: apt-get install supervisor");
  await run("/usr/bin/supervisord", ["-c", join(path, "supervisord.conf")]);
}
