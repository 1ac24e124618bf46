import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";

/** Where a daemon of this user keeps what only lives as long as it does; one folder for each configuration file. */
export type RuntimeFolder = {
  /** Private to the user (0700); short, because a unix socket's path holds 107 bytes. */
  readonly path: string;
  /** Answers whenever a daemon of ours runs for the configuration, whatever server the configuration names. */
  readonly controlSocket: string;
  /** Where the logger waits for the next daemon. */
  readonly loggerSocket: string;
  /** Holds the FIFOs that carry the output of programs. */
  readonly fifos: string;
  /** What a daemon writes down of its processes, for one after it. */
  readonly journal: string;
};

/** The runtime folder of a configuration file: the same for every window and shell of the user, links resolved. */
export function runtimeFolder(
  configFile: string,
  environment: NodeJS.ProcessEnv = process.env,
): RuntimeFolder {
  const { uid } = userInfo();
  const root = join(environment.XDG_RUNTIME_DIR || tmpdir(), `supervisord-${uid}`);
  const path = join(root, createHash("sha256").update(realPath(configFile)).digest("hex").slice(0, 16));
  return {
    path,
    controlSocket: join(path, "control.sock"),
    loggerSocket: join(path, "logger.sock"),
    fifos: join(path, "fifo"),
    journal: join(path, "journal"),
  };
}

/** What the markers of a daemon's programs begin with: no two daemons of a machine share a runtime folder. */
export function daemonKey(folder: RuntimeFolder): string {
  return createHash("sha256").update(folder.path).digest("hex").slice(0, 16);
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // A file that is not there yet still has one name.
    return resolve(file);
  }
}
