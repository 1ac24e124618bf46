import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { commandPlaces } from "../config/command-places.ts";
import type { Configuration, SupervisordSettings } from "../config/configuration.ts";
import { positionAt } from "../config/lines.ts";
import type { Machine } from "../config/machine.ts";
import type { Problem } from "../config/problem.ts";
import { type Reading, readConfiguration } from "../config/read.ts";
import { inEnglish } from "../config/say.ts";
import { type Converted, toAccount } from "../config/values.ts";
import { localMachine } from "../io/machine.ts";
import type { PlannedPlace, PlanProblem } from "../protocol/plan.ts";
import { maskMessage } from "../protocol/secrets.ts";
import type { Arguments } from "./arguments.ts";

/** A configuration file as read, with the command line's settings over it. */
export type Loaded = {
  /** As it was named, which Supervisor's messages show. */
  readonly name: string;
  /** Its absolute path. */
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
  /** The included ones, as Supervisor names them. */
  readonly includeFiles: readonly string[];
  /** What Supervisor logs as warnings when it starts. */
  readonly warnings: readonly string[];
};

/** Finds where the command of a process is written. */
export type FindCommand = (process: { readonly group: string; readonly name: string }) => PlannedPlace | null;

/** Reads a configuration file from disk; relative paths count from `cwd`. */
export function loadConfiguration(name: string, args: Arguments, cwd: string): Loaded {
  return loadWithPlaces(name, args, cwd).loaded;
}

/** The same, with the texts that it was read from, which take memory as long as they are asked. */
export function loadWithPlaces(
  name: string,
  args: Arguments,
  cwd: string,
): { readonly loaded: Loaded; readonly findCommand: FindCommand } {
  const machine = localMachine({ cwd });
  const reading = readConfiguration(name, machine, { dialect: args.dialect });
  const user = userOf(reading, args, machine);
  const refusal = reading.refusal ?? ("error" in user ? user.error : null);
  const loaded = {
    name,
    file: resolve(cwd, name),
    configuration:
      reading.configuration === null || "error" in user
        ? null
        : withArguments(reading.configuration, { ...args, uid: user.value }, cwd),
    problems: reading.problems.map((problem) => placed(problem, reading)),
    refusal: refusal === null ? null : maskMessage(refusal),
    digest: digestOf(reading),
    files: [...reading.documents.keys()],
    includeFiles: reading.includeFiles,
    warnings: reading.warnings,
  };
  return { loaded, findCommand: findIn(reading) };
}

function findIn({ documents }: Reading): FindCommand {
  const placeOf = commandPlaces(documents);
  return (process) => {
    const place = placeOf(process);
    const lines = place && documents.get(place.file)?.lines;
    if (!place || !lines) return null;
    const [start, end] = [positionAt(lines, place.range.start), positionAt(lines, place.range.end)];
    return {
      file: place.file,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
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

type DaemonUser = SupervisordSettings["uid"];

/** The user of the command line, who need not be one that the file may name, before that of the file. */
function userOf({ configuration }: Reading, { user }: Arguments, machine: Machine): Converted<DaemonUser> {
  if (user === null) return { value: configuration?.supervisord.uid ?? null };
  return toAccount(user, { kind: "user", exists: machine.userExists });
}

function withArguments(
  configuration: Configuration,
  args: Arguments & { readonly uid: DaemonUser },
  cwd: string,
): Configuration {
  const settings = configuration.supervisord;
  const { stated } = settings;
  const state = args.stateDirectory;
  const placed = (isStated: boolean, value: string, name: string) =>
    isStated || state === null ? value : join(state, name);
  const absolute = (path: string | null) => (path === null ? null : resolve(cwd, path));
  const logfile = args.logfile === "syslog" ? args.logfile : absolute(args.logfile);
  const supervisord = {
    ...settings,
    nodaemon: args.nodaemon || settings.nodaemon,
    silent: args.silent || settings.silent,
    nocleanup: args.nocleanup || settings.nocleanup,
    stripAnsi: args.stripAnsi || settings.stripAnsi,
    user: args.user ?? settings.user,
    uid: args.uid,
    umask: args.umask ?? settings.umask,
    directory: args.directory ?? settings.directory,
    logfile: logfile ?? placed(stated.logfile, settings.logfile, "supervisord.log"),
    logfileMaxbytes: args.logfileMaxbytes ?? settings.logfileMaxbytes,
    logfileBackups: args.logfileBackups ?? settings.logfileBackups,
    loglevel: args.loglevel ?? settings.loglevel,
    pidfile: absolute(args.pidfile) ?? placed(stated.pidfile, settings.pidfile, "supervisord.pid"),
    identifier: args.identifier ?? settings.identifier,
    childlogdir: absolute(args.childlogdir) ?? placed(stated.childlogdir, settings.childlogdir, ""),
    minfds: args.minfds ?? settings.minfds,
    minprocs: args.minprocs ?? settings.minprocs,
  };
  return { ...configuration, supervisord };
}

function digestOf(reading: Reading): string {
  const hash = createHash("sha256");
  for (const [file, document] of reading.documents) hash.update(JSON.stringify([file, document.text]));
  return hash.digest("hex");
}

function placed(problem: Problem, reading: Reading): PlanProblem {
  const { severity, code, file, message, range } = problem;
  const document = reading.documents.get(file);
  const english = inEnglish(message);
  const masked = maskMessage(english);
  const position = document && positionAt(document.lines, range.start);
  return {
    severity,
    code,
    file,
    message: masked,
    words: masked === english ? message : null,
    line: (position?.line ?? 0) + 1,
    column: (position?.character ?? 0) + 1,
  };
}
