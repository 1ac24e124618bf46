import { type ChannelOptions, STDERR, STDOUT } from "./channels.ts";
import type { LogSettings, ProcessSettings } from "./configuration.ts";
import { headerPlace, type Scope } from "./context.ts";
import { addOption, maybe, setOption } from "./edits.ts";
import { toEnvironment } from "./environment.ts";
import { refuse, report, warn } from "./findings.ts";
import { AUTO, logfileName, SYSLOG } from "./machine-values.ts";
import { addition, removal } from "./option-fixes.ts";
import type { OptionText } from "./option-text.ts";
import { convertOption, expandOption, optionText, placeOf, readOption } from "./options.ts";
import type { Fix } from "./problem.ts";
import type { ProcessNames } from "./process-names.ts";
import { say } from "./say.ts";
import { toBoolean, toBytes, toInteger } from "./values.ts";

/** What all processes of a program share. */
export type ProgramFacts = {
  readonly shared: Omit<
    ProcessSettings,
    "name" | "command" | "directory" | "environment" | "stdout" | "stderr"
  >;
  readonly numprocs: bigint;
  readonly numprocsStart: bigint;
  /** Not yet expanded. */
  readonly environment: OptionText | null;
  readonly processName: { readonly text: string; readonly option: OptionText | null };
  readonly stdout: ChannelFacts;
  readonly stderr: ChannelFacts;
};

type ChannelFacts = Pick<LogSettings, "captureMaxbytes" | "eventsEnabled">;

/**
 * Reads one process of a program. `names` is added to: as in Supervisor, what one process's environment defines
 * stays known to the ones after it.
 */
export function readProcess(scope: Scope, names: ProcessNames, facts: ProgramFacts): ProcessSettings {
  const environment = readEnvironment(scope, names, facts.environment);
  if (environment.size > 0) names.addEnvironment(environment);
  const directory = optionText(scope, "directory")?.text ?? null;
  const stdout = readChannel(scope, names, STDOUT, facts.stdout);
  const stderr = readChannel(scope, names, STDERR, facts.stderr);
  const { redirectStderr } = facts.shared;
  if (redirectStderr) warnOfLostStderr(scope, stderr);
  const command = readCommand(scope);
  const { envFiles } = facts.shared;
  return {
    ...facts.shared,
    envFiles: envFiles === null ? null : { ...envFiles, under: [...environment.keys()] },
    name: readProcessName(scope, names, facts.processName),
    command,
    directory,
    environment: environment.size === 0 ? NO_ENVIRONMENT : Object.fromEntries(environment),
    stdout,
    stderr: redirectStderr ? { ...stderr, logfile: null } : stderr,
  };
}

function readEnvironment(
  scope: Scope,
  names: ProcessNames,
  option: OptionText | null,
): ReadonlyMap<string, string> {
  if (option === null) return NO_VARIABLES;
  const expanded = expandOption(scope, option, names, "environment");
  if (expanded === null) return NO_VARIABLES;
  const toPairs = (text: string) => toEnvironment(text, scope.context.dialect);
  return convertOption(scope, "environment", expanded, toPairs) ?? NO_VARIABLES;
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();

const NO_ENVIRONMENT: ProcessSettings["environment"] = {};

function readChannel(
  scope: Scope,
  names: ProcessNames,
  options: ChannelOptions,
  facts: ChannelFacts,
): LogSettings {
  const { channel } = options;
  const logfile = readLogfile(scope, names, options.logfile);
  const backups = Number(readOption(scope, options.backups, toInteger, 10n));
  const maxbytes = readOption(scope, options.maxbytes, toBytes, 50 * 1024 * 1024);
  const syslog = readOption(scope, options.syslog, toBoolean, false);
  if (logfile === SYSLOG) warnOfSyslog(scope, channel);
  if (logfile === AUTO && maxbytes === 0) warnOfEndlessLog(scope, channel);
  const path = logfile === SYSLOG ? null : logfile;
  const { captureMaxbytes, eventsEnabled } = facts;
  return {
    logfile: path,
    maxbytes,
    backups,
    captureMaxbytes,
    eventsEnabled,
    syslog: syslog || logfile === SYSLOG,
  };
}

/** A log's name is expanded twice, by all names of the process the second time. */
function readLogfile(scope: Scope, names: ProcessNames, name: string): string | null {
  const option = optionText(scope, name);
  if (option === null) return AUTO;
  const again = expandOption(scope, option, names, name);
  if (again === null) return AUTO;
  return convertOption(scope, name, again, logfileName(scope.context));
}

function readCommand(scope: Scope): string {
  const option = optionText(scope, "command");
  if (option !== null) return option.text;
  const { context, section } = scope;
  if (!section.options.has("command") && !context.store.defaults.has("command")) {
    refuse(context.findings, {
      code: "option.required",
      severity: "error",
      message: say`[${section.name}] needs a command: add command=PROGRAM ARGUMENTS.`,
      ...headerPlace(context, section),
      fixes: addition(scope, "command", "/bin/cat"),
      upstream: scope.wrap(`program section ${section.name} does not specify a command`),
    });
  }
  return "";
}

function readProcessName(scope: Scope, names: ProcessNames, name: ProgramFacts["processName"]): string {
  if (name.option === null) return names.programName;
  const option = { text: name.text, stored: name.option.stored };
  return expandOption(scope, option, names, "process_name")?.text ?? names.programName;
}

function warnOfSyslog(scope: Scope, channel: string): void {
  const { context, section } = scope;
  warn(
    context.findings,
    `For [${section.name}], ${channel}_logfile=syslog but this is deprecated and will be removed.  Use ${channel}_syslog=true to enable syslog instead.`,
  );
  report(context.findings, {
    code: "logfile.syslog",
    severity: "warning",
    message: say`${channel}_logfile=syslog is deprecated: use ${channel}_syslog=true.`,
    tags: ["deprecated"],
    ...placeOf(scope, `${channel}_logfile`),
    fixes: toSyslog(scope, channel),
  });
}

/** The file is turned off with it: it would be an automatic one. */
function toSyslog({ context, section }: Scope, channel: string): readonly Fix[] {
  const off = setOption(context, section, `${channel}_logfile`, "NONE");
  const on = addOption(context, section, `${channel}_syslog=true`);
  const isSet = section.options.has(`${channel}_syslog`);
  return on === null || isSet ? [] : maybe(say`Use ${channel}_syslog=true`, ...off, on);
}

function warnOfEndlessLog(scope: Scope, channel: string): void {
  const { context, section } = scope;
  warn(
    context.findings,
    `For [${section.name}], AUTO logging used for ${channel}_logfile without rollover, set maxbytes > 0 to avoid filling up filesystem unintentionally`,
  );
  report(context.findings, {
    code: "logfile.endless",
    severity: "warning",
    message: say`${channel} goes to an automatic log that is never rotated: set ${channel}_logfile_maxbytes above 0.`,
    ...placeOf(scope, `${channel}_logfile_maxbytes`),
    fixes: addition(scope, `${channel}_logfile_maxbytes`, "50MB"),
  });
}

function warnOfLostStderr(scope: Scope, stderr: LogSettings): void {
  if (stderr.logfile === null || stderr.logfile === AUTO) return;
  const { context, section } = scope;
  warn(
    context.findings,
    `For [${section.name}], redirect_stderr=true but stderr_logfile has also been set to a filename, the filename has been ignored`,
  );
  report(context.findings, {
    code: "logfile.ignored-stderr",
    severity: "warning",
    message: say`stderr_logfile has no effect: redirect_stderr=true sends the error output to stdout_logfile.`,
    tags: ["unnecessary"],
    ...placeOf(scope, "stderr_logfile"),
    fixes: removal(scope, "stderr_logfile"),
  });
}
