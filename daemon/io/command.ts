import { accessSync, constants, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { splitCommand } from "../core/split-command.ts";
import { maskSecrets } from "../protocol/secrets.ts";

/** What a `command=` runs, or why it cannot, in Supervisor's words and with its fault. */
export type ResolvedCommand =
  | { readonly ok: true; readonly file: string; readonly argv: readonly string[] }
  | { readonly ok: false; readonly fault: "NO_FILE" | "NOT_EXECUTABLE"; readonly reason: string };

/** Finds the executable of a command; `path` is the program's own PATH where its `environment` sets one, else the daemon's. */
export function resolveCommand(command: string, path: string | undefined): ResolvedCommand {
  const split = splitCommand(command);
  if (!split.ok) {
    return notExecutable(`can't parse command ${quote(maskSecrets(command))}: ${split.reason}`);
  }
  const [program] = split.argv;
  if (program === undefined) return notExecutable("command is empty");
  const file = program.includes("/") ? program : findOnPath(program, path);
  const stat = file === null ? null : statOrNull(file);
  if (file === null || stat === null) {
    return { ok: false, fault: "NO_FILE", reason: `can't find command ${quote(file ?? program)}` };
  }
  if (stat.isDirectory()) return notExecutable(`command at ${quote(file)} is a directory`);
  if ((stat.mode & 0o111) === 0) return notExecutable(`command at ${quote(file)} is not executable`);
  if (!mayExecute(file)) return notExecutable(`no permission to run command ${quote(file)}`);
  return { ok: true, file, argv: split.argv };
}

/** Where Supervisor looks when there is no PATH. */
const DEFAULT_PATH = "/bin:/usr/bin:/usr/local/bin";

function findOnPath(program: string, path = DEFAULT_PATH): string | null {
  for (const folder of path.split(":")) {
    const candidate = join(folder, program);
    if (statOrNull(candidate) !== null) return candidate;
  }
  return null;
}

function statOrNull(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    // Not there, or in a folder that may not be looked into: either way it cannot be run.
    return null;
  }
}

function mayExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function notExecutable(reason: string): ResolvedCommand {
  return { ok: false, fault: "NOT_EXECUTABLE", reason };
}

/** As Python's %r shows a string. */
function quote(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\");
  return escaped.includes("'") && !escaped.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}
