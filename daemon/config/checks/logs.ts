import { type ChannelOptions, STDERR, STDOUT } from "../channels.ts";
import type { Context } from "../context.ts";
import {
  folderMade,
  insertIntoValue,
  maybe,
  removeEntry,
  replaceValue,
  setOption,
  surely,
} from "../edits.ts";
import { report } from "../findings.ts";
import { expandUser } from "../machine-values.ts";
import { valuePlace } from "../option-text.ts";
import type { Fix, Severity } from "../problem.ts";
import { type Message, say } from "../say.ts";
import { kindOf, optionsOf, type SectionKind, sectionKinds, type ValueType } from "../schema.ts";
import type { Stored, StoredSection } from "../store.ts";
import { toBytes, toInteger } from "../values.ts";
import {
  commandOf,
  convertedOf,
  effective,
  given,
  isOn,
  type ProgramCheck,
  type ProgramView,
  textOf,
} from "./program-view.ts";

/** A log file of a program, and where it is written. */
export type ProgramLog = { readonly section: string; readonly path: string; readonly stored: Stored };

/** Log files and directories of a program that would not be what they look like. */
export const LOG_CHECKS: readonly ProgramCheck[] = [
  { about: STDOUT.logfile, check: (program) => checkChannel(program, STDOUT) },
  { about: STDERR.logfile, check: (program) => checkChannel(program, STDERR) },
  { about: "directory", check: checkDirectory },
  { about: "user", check: checkDevice },
  { about: "numprocs", check: checkNumprocs },
];

/** Two programs that write one log, or one that writes the daemon's, rotate it away from each other. */
export function checkSharedLogs(context: Context, logs: readonly ProgramLog[]): void {
  const all = daemonLog(context).concat(logs);
  const paths = all.map(({ path }) => path);
  if (context.memo?.logs.isKnown(paths) === true) return;
  const owners = new Map<string, ProgramLog>();
  for (const log of all) {
    const owner = owners.get(log.path);
    if (owner === undefined) owners.set(log.path, log);
    else tellShared(context, owner, log);
  }
  context.memo?.logs.learn(paths, owners.size === paths.length);
}

function daemonLog(context: Context): ProgramLog[] {
  const own = context.store.sections.get("supervisord")?.options.get("logfile");
  if (own?.value.includes("/") !== true || DEVICE.test(own.value)) return [];
  const path = own.value.replaceAll("%(here)s", () => context.here);
  return [{ section: "supervisord", path, stored: own }];
}

const PATH_TYPES: ReadonlySet<ValueType> = new Set(["path", "logfile", "directory"]);

/** The options of each kind of section that name a path. */
const PATH_OPTIONS: ReadonlyMap<SectionKind, readonly string[]> = new Map(
  sectionKinds.map(({ kind }) => {
    const options = optionsOf(kind).filter(({ type }) => PATH_TYPES.has(type));
    return [kind, options.map(({ name }) => name)];
  }),
);

function tell(
  context: Context,
  stored: Stored,
  code: string,
  severity: Severity,
  message: Message,
  fixes: readonly Fix[],
): void {
  report(context.findings, { code, severity, message, ...valuePlace(stored), fixes });
}

const SIGN = /["';#]/;

/** Quotes and comments that become part of a path. */
export function checkPaths(context: Context, section: StoredSection): void {
  const kind = kindOf(section.name);
  if (kind === null) return;
  if (section.only?.entries.some(({ value }) => SIGN.test(value)) === false) return;
  for (const name of PATH_OPTIONS.get(kind) ?? []) {
    const stored = section.options.get(name);
    if (stored === undefined || !SIGN.test(stored.value)) continue;
    checkGluedComment(context, stored);
    const path = /^(["'])(.*)\1$/.exec(stored.value)?.[2];
    if (path === undefined) continue;
    const message = say`The quotes become part of the path: write ${name}=${path}.`;
    const fixes = surely(say`Remove the quotes`, replaceValue(stored, path));
    tell(context, stored, "path.quoted", "error", message, fixes);
  }
}

/** `/x/a.log; note`: hardly a path, and more likely a comment that lacks its space. */
function checkGluedComment(context: Context, stored: Stored): void {
  const at = stored.value.search(/[;#]\s/);
  if (at < 1 || stored.value !== stored.entry.value) return;
  const sign = stored.value[at] ?? "";
  const message = say`A comment needs a space before ${sign}: here it is a part of the path.`;
  const fixes = surely(say`Insert a space before ${sign}`, insertIntoValue(stored, at, " "));
  tell(context, stored, "comment.glued", "warning", message, fixes);
}

const DEVICE = /^\/(dev|proc)\//;

function checkChannel(program: ProgramView, options: ChannelOptions): void {
  const { context, section } = program;
  const option = effective(program, options.logfile);
  if (option === null) return;
  const { text: path, stored } = option;
  const isDevice = DEVICE.test(path) && path !== "/dev/null";
  if (isDevice && convertedOf(program, options.maxbytes, toBytes, 1) !== 0) {
    const message = say`${path} cannot be rotated: every line would fail with "Illegal seek". Set ${options.channel}_logfile_maxbytes=0.`;
    const edits = setOption(context, section, options.maxbytes, "0");
    tell(
      context,
      stored,
      "logfile.device",
      "warning",
      message,
      surely(say`Set ${options.channel}_logfile_maxbytes=0`, ...edits),
    );
  }
  checkIsDirectory(program, stored, path);
}

function checkIsDirectory(program: ProgramView, stored: Stored, path: string): void {
  const { context, name } = program;
  // Looking at the disk costs time, and a name with an ending is hardly a directory's.
  if (context.lenient || /\.\w+$/.test(path) || !context.machine.isDirectory(expandUser(context, path)))
    return;
  const file = `${stored.value.replace(/\/+$/, "")}/${name}.log`;
  const message = say`${path} is a directory, so the program could not start: name a file in it.`;
  tell(
    context,
    stored,
    "logfile.directory",
    "error",
    message,
    surely(say`Write ${file}`, replaceValue(stored, file)),
  );
}

function checkDirectory(program: ProgramView): void {
  const { context } = program;
  const stored = given(program, "directory");
  const path = textOf(program, "directory");
  if (stored === null || path === null) return;
  if (path.startsWith("~")) {
    const fixes = /^~(\/|$)/.test(stored.value)
      ? surely(say`Write %(ENV_HOME)s`, replaceValue(stored, `%(ENV_HOME)s${stored.value.slice(1)}`))
      : [];
    const message = say`~ is not a home directory here: write %(ENV_HOME)s.`;
    tell(context, stored, "directory.home", "warning", message, fixes);
  } else if (!context.lenient && path.startsWith("/") && !context.machine.isDirectory(path)) {
    const message = say`There is no directory ${path} on this machine, so the program could not start here.`;
    tell(context, stored, "directory.missing", "warning", message, folderMade(path));
  }
}

/** The files that a program writes its output to. */
export function logFiles(program: ProgramView): readonly ProgramLog[] {
  const stdout = logFile(program, STDOUT);
  const stderr = isOn(program, "redirect_stderr") ? null : logFile(program, STDERR);
  if (stderr === null || stdout?.path === stderr.path) return stdout === null ? [] : [stdout];
  return stdout === null ? [stderr] : [stdout, stderr];
}

function logFile(program: ProgramView, options: ChannelOptions): ProgramLog | null {
  const option = effective(program, options.logfile);
  if (option === null) return null;
  const { text: path, stored } = option;
  const isFile = path.includes("/") && !DEVICE.test(path);
  return isFile ? { section: program.section.name, path, stored } : null;
}

function tellShared(context: Context, owner: ProgramLog, { path, stored }: ProgramLog): void {
  if (stored.entry === owner.stored.entry) return;
  report(context.findings, {
    code: "logfile.shared",
    severity: "warning",
    message: say`[${owner.section}] writes ${path} too: each rotates the file away from the other.`,
    ...valuePlace(stored),
    related: [{ ...valuePlace(owner.stored), message: say`The log of [${owner.section}]` }],
  });
}

function checkNumprocs(program: ProgramView): void {
  const numprocs = convertedOf(program, "numprocs", toInteger, 1n);
  if (numprocs < 2n) return;
  for (const name of ["stdout_logfile", "stderr_logfile"]) {
    const stored = given(program, name);
    if (stored === null || !stored.value.includes("/") || stored.value.includes("%(process_num)")) continue;
    if (DEVICE.test(stored.value)) continue;
    const numbered = stored.value.replace(/(\.[\w]+)?$/, (ending) => `_%(process_num)02d${ending}`);
    const message = say`All ${Number(numprocs)} processes write this one file: add %(process_num)02d to its name.`;
    tell(
      program.context,
      stored,
      "logfile.numprocs",
      "warning",
      message,
      surely(say`Write ${numbered}`, replaceValue(stored, numbered)),
    );
  }
}

/** The daemon's own output belongs to the daemon's user: another one may not open it by its path. */
function checkDevice(program: ProgramView): void {
  const user = textOf(program, "user");
  const command = user === null ? null : commandOf(program);
  const device = /\/dev\/std(?:out|err)\b/.exec(command?.text ?? "")?.[0];
  if (user === null || command === null || device === undefined || ["root", "0"].includes(user)) return;
  const message = say`${user} may not be allowed to open ${device}: let the program write to its standard output instead.`;
  const own = given(program, "user");
  const fixes = own === null ? [] : maybe(say`Remove user`, removeEntry(program.context, own));
  tell(program.context, command.stored, "command.device", "warning", message, fixes);
}
