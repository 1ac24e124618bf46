import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Configuration, SupervisordSettings } from "../config/configuration.ts";
import { positionAt } from "../config/lines.ts";
import type { Problem } from "../config/problem.ts";
import { type Reading, readConfiguration } from "../config/read.ts";
import { localMachine } from "../io/machine.ts";
import type { PlanProblem } from "../protocol/plan.ts";
import type { Arguments } from "./arguments.ts";

/** A configuration file as read, with the command line's settings over it. */
export type Loaded = {
  readonly file: string;
  /** Null where the file is refused. */
  readonly configuration: Configuration | null;
  readonly problems: readonly PlanProblem[];
  /** Why it is refused: Supervisor's message. */
  readonly refusal: string | null;
  /** Changes whenever the text of the file or of one that it includes does. */
  readonly digest: string;
  /** The file and those that it includes. */
  readonly files: readonly string[];
};

/** Reads a configuration file from disk. */
export function loadConfiguration(file: string, args: Arguments, cwd: string): Loaded {
  const reading = readConfiguration(file, localMachine({ cwd }));
  const { configuration } = reading;
  return {
    file,
    configuration:
      configuration === null
        ? null
        : { ...configuration, supervisord: withArguments(configuration.supervisord, args) },
    problems: reading.problems.map((problem) => placed(problem, reading)),
    refusal: reading.refusal,
    digest: digestOf(reading),
    files: [...reading.documents.keys()],
  };
}

/** A problem as compilers print theirs: `file:line:column: severity: message [code]`. */
function formatProblem(problem: PlanProblem): string {
  const { file, line, column, severity, message, code } = problem;
  return `${file}:${line}:${column}: ${severity}: ${message} [${code}]`;
}

/** Why a file is refused, for the terminal: Supervisor's message, then every error with its place. */
export function explainRefusal(loaded: Loaded): string {
  const errors = loaded.problems.filter((problem) => problem.severity === "error").map(formatProblem);
  return [loaded.refusal ?? `cannot use ${loaded.file}`, ...errors].join("\n");
}

function withArguments(settings: SupervisordSettings, args: Arguments): SupervisordSettings {
  const { stated } = settings;
  const state = args.stateDirectory;
  const placed = (isStated: boolean, value: string, name: string) =>
    isStated || state === null ? value : join(state, name);
  return {
    ...settings,
    nodaemon: args.nodaemon || settings.nodaemon,
    silent: args.silent || settings.silent,
    nocleanup: args.nocleanup || settings.nocleanup,
    stripAnsi: args.stripAnsi || settings.stripAnsi,
    user: args.user ?? settings.user,
    uid: args.user === null ? settings.uid : userRef(args.user),
    umask: args.umask ?? settings.umask,
    directory: args.directory ?? settings.directory,
    logfile: absolute(args.logfile) ?? placed(stated.logfile, settings.logfile, "supervisord.log"),
    logfileMaxbytes: args.logfileMaxbytes ?? settings.logfileMaxbytes,
    logfileBackups: args.logfileBackups ?? settings.logfileBackups,
    loglevel: args.loglevel ?? settings.loglevel,
    pidfile: absolute(args.pidfile) ?? placed(stated.pidfile, settings.pidfile, "supervisord.pid"),
    identifier: args.identifier ?? settings.identifier,
    childlogdir: absolute(args.childlogdir) ?? placed(stated.childlogdir, settings.childlogdir, ""),
  };
}

function absolute(path: string | null): string | null {
  return path === null ? null : resolve(path);
}

function userRef(user: string): SupervisordSettings["uid"] {
  return /^\d+$/.test(user) ? { kind: "id", id: Number(user) } : { kind: "name", name: user };
}

function digestOf(reading: Reading): string {
  const hash = createHash("sha256");
  for (const [file, document] of reading.documents) hash.update(JSON.stringify([file, document.text]));
  return hash.digest("hex");
}

function placed(problem: Problem, reading: Reading): PlanProblem {
  const { severity, code, file, message, range } = problem;
  const document = reading.documents.get(file);
  const position = document && positionAt(document.lines, range.start);
  return {
    severity,
    code,
    file,
    message,
    line: (position?.line ?? 0) + 1,
    column: (position?.character ?? 0) + 1,
  };
}
