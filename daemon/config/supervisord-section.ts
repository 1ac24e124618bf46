import type { SupervisordSettings } from "./configuration.ts";
import { type Context, type Scope, scopeOf } from "./context.ts";
import { toEnvironment } from "./environment.ts";
import { existingDirectory, existingDirpath, normalizePath, userCheck } from "./machine-values.ts";
import { convertOption, expandOption, optionText, rawText, readOption } from "./options.ts";
import type { StoredSection } from "./store.ts";
import { toAccount, toBoolean, toBytes, toInteger, toLogLevel, toOctal } from "./values.ts";

/** The daemon's own settings, without those that Supervisor works out after all sections are read. */
export type DaemonSettings = Omit<SupervisordSettings, "uid" | "serverurl">;

/** Reads `[supervisord]` in the order in which Supervisor does. */
export function readSupervisord(context: Context, section: StoredSection): DaemonSettings {
  const scope = scopeOf(context, section, context.hereNames);
  const has = (name: string): boolean => rawText(scope, name) !== null;
  return {
    minfds: Number(readOption(scope, "minfds", toInteger, 1024n)),
    minprocs: Number(readOption(scope, "minprocs", toInteger, 200n)),
    directory: readOption<string | null>(scope, "directory", existingDirectory(context), null),
    user: optionText(scope, "user")?.text ?? null,
    umask: readOption(scope, "umask", toOctal, 0o22),
    logfile: readLogfile(scope),
    logfileMaxbytes: readOption(scope, "logfile_maxbytes", toBytes, 50 * 1024 * 1024),
    logfileBackups: Number(readOption(scope, "logfile_backups", toInteger, 10n)),
    loglevel: readOption(scope, "loglevel", toLogLevel, "info"),
    pidfile: normalizePath(
      context,
      readOption(scope, "pidfile", existingDirpath(context), "supervisord.pid"),
    ),
    identifier: optionText(scope, "identifier")?.text ?? "supervisor",
    nodaemon: readOption(scope, "nodaemon", toBoolean, false),
    silent: readOption(scope, "silent", toBoolean, false),
    childlogdir: readOption(scope, "childlogdir", existingDirectory(context), context.machine.tempDirectory),
    nocleanup: readOption(scope, "nocleanup", toBoolean, false),
    stripAnsi: readOption(scope, "strip_ansi", toBoolean, false),
    environment: readEnvironment(scope),
    stated: { logfile: has("logfile"), pidfile: has("pidfile"), childlogdir: has("childlogdir") },
  };
}

function readLogfile(scope: Scope): string {
  const logfile = readOption(scope, "logfile", existingDirpath(scope.context), "supervisord.log");
  return logfile === "syslog" ? logfile : normalizePath(scope.context, logfile);
}

/** The user that the daemon becomes; Supervisor looks it up last of all. */
export function readDaemonUser(
  context: Context,
  section: StoredSection,
  user: string | null,
): SupervisordSettings["uid"] {
  const option = rawText(scopeOf(context, section), "user");
  if (user === null || option === null) return null;
  const scope = scopeOf(context, section);
  return convertOption(scope, "user", { text: user, stored: option.stored }, (text) =>
    toAccount(text, userCheck(context)),
  );
}

/** Before 4.4 the value is expanded twice, the second time with the host's name among the names. */
function readEnvironment(scope: Scope): Readonly<Record<string, string>> {
  const { context } = scope;
  const option = context.dialect === "4.4" ? rawText(scope, "environment") : optionText(scope, "environment");
  if (option === null) return {};
  const names = new Map([
    ["here", context.here],
    ["host_node_name", context.machine.hostName],
    ...context.environmentNames.entries(),
  ]);
  const expanded = expandOption(scope, option, names, "environment");
  if (expanded === null) return {};
  const pairs = convertOption(scope, "environment", expanded, (text) => toEnvironment(text, context.dialect));
  return pairs === null ? {} : Object.fromEntries(pairs);
}
