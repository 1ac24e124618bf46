import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import type { ProcessSettings, UserRef } from "../config/configuration.ts";
import type { Exit } from "../protocol/event-stream.ts";
import { resolveCommand } from "./command.ts";
import { type Shortage, shortageIn } from "./shortage.ts";
import { findAccount } from "./users.ts";

/** The descriptors that become the child's stdin, stdout and stderr. */
export type ChildDescriptors = { readonly stdin: number; readonly stdout: number; readonly stderr: number };

/** What becomes of a spawn: `spawned` and later `exited`, or `failed`, before anything else happens in the daemon. */
export type SpawnHandlers = {
  readonly spawned: (pid: number) => void;
  /** `shortage` is what the system is short of, where that is the cause. */
  readonly failed: (reason: string, shortage: Shortage | null) => void;
  readonly exited: (pid: number, exit: Exit) => void;
};

/** Starts a program in a session of its own. Nothing goes through a shell but a `umask`. */
export function spawnProgram(
  settings: ProcessSettings,
  environment: Readonly<Record<string, string>>,
  descriptors: ChildDescriptors,
  handlers: SpawnHandlers,
): void {
  const prepared = prepare(settings, environment);
  if (prepared.ok) start(prepared, settings, environment, descriptors, handlers);
  else handlers.failed(prepared.reason, prepared.shortage);
}

function start(
  { file, args, argv0 }: Ready,
  settings: ProcessSettings,
  environment: Readonly<Record<string, string>>,
  descriptors: ChildDescriptors,
  handlers: SpawnHandlers,
): void {
  const child = spawn(file, args, {
    argv0,
    ...(settings.directory === null ? {} : { cwd: settings.directory }),
    env: environment,
    stdio: [descriptors.stdin, descriptors.stdout, descriptors.stderr],
    detached: true,
  });
  child.on("error", (error: NodeJS.ErrnoException) => {
    // A child that has a pid lives; its errors are about signals that we do not send through it.
    if (child.pid === undefined) handlers.failed(describeFailure(settings.name, error), shortageIn(error));
  });
  const { pid } = child;
  if (pid === undefined) return;
  child.on("exit", (code, signal) => handlers.exited(pid, describeExit(code, signal)));
  handlers.spawned(pid);
}

type Ready = {
  readonly ok: true;
  readonly file: string;
  readonly args: readonly string[];
  readonly argv0: string;
};
type Refused = { readonly ok: false; readonly reason: string; readonly shortage: Shortage | null };

function prepare(settings: ProcessSettings, environment: Readonly<Record<string, string>>): Ready | Refused {
  const command = resolveCommand(settings.command, environment.PATH);
  if (!command.ok) return refused(command.reason);
  const directory = checkDirectory(settings.directory);
  if (directory !== null) {
    const what = `its directory ${settings.directory} is gone`;
    return { ...refused(directory), shortage: { of: "folder", what } };
  }
  const prefix = dropPrivileges(settings.uid);
  if (!prefix.ok) return prefix;
  const [argv0 = command.file, ...rest] = command.argv;
  const wrappers = [...prefix.argv, ...withUmask(settings.umask)];
  const [file, ...args] = wrappers;
  if (file === undefined) return { ok: true, file: command.file, args: rest, argv0 };
  return { ok: true, file, args: [...args, command.file, ...rest], argv0: file };
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): Exit {
  if (code !== null) return { kind: "code", code };
  return signal === null ? { kind: "unknown" } : { kind: "signal", signal };
}

function describeFailure(name: string, error: NodeJS.ErrnoException): string {
  if (error.code === "EAGAIN") return `Too many processes in process table to spawn '${name}'`;
  if (error.code === "EMFILE") return `too many open files to spawn '${name}'`;
  return `couldn't exec ${error.path ?? name}: ${error.code ?? error.message}`;
}

function checkDirectory(directory: string | null): string | null {
  if (directory === null) return null;
  try {
    return statSync(directory).isDirectory() ? null : `couldn't chdir to ${directory}: ENOTDIR`;
  } catch (error) {
    return `couldn't chdir to ${directory}: ${error instanceof Error && "code" in error ? error.code : "EIO"}`;
  }
}

type Prefix = { readonly ok: true; readonly argv: readonly string[] } | Refused;

/** `setpriv` gives the user's supplementary groups too, which Node's own uid option drops. */
function dropPrivileges(user: UserRef | null): Prefix {
  if (user === null) return { ok: true, argv: [] };
  const wanted = user.kind === "id" ? String(user.id) : user.name;
  const account = findAccount(user);
  if (account === null) return refused(`couldn't setuid to ${wanted}: Can't find uid ${wanted}`);
  if (process.getuid?.() === account.uid) return { ok: true, argv: [] };
  if (process.getuid?.() !== 0)
    return refused(`couldn't setuid to ${wanted}: Can't drop privilege as nonroot user`);
  const argv = ["setpriv", `--reuid=${account.uid}`, `--regid=${account.gid}`, "--init-groups", "--"];
  return { ok: true, argv };
}

function withUmask(umask: number | null): string[] {
  if (umask === null) return [];
  return ["/bin/sh", "-c", `umask ${umask.toString(8)}; exec "$@"`, "sh"];
}

function refused(reason: string): Refused {
  return { ok: false, reason, shortage: null };
}
