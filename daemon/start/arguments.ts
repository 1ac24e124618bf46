import { parseArgs } from "node:util";
import type { LogLevel } from "../config/configuration.ts";

/** What the command line of `supervisord` says. Null or false for what it does not say. */
export type Arguments = {
  readonly configuration: string | null;
  readonly nodaemon: boolean;
  readonly silent: boolean;
  readonly nocleanup: boolean;
  readonly stripAnsi: boolean;
  readonly user: string | null;
  readonly umask: number | null;
  readonly directory: string | null;
  readonly logfile: string | null;
  readonly logfileMaxbytes: number | null;
  readonly logfileBackups: number | null;
  readonly loglevel: LogLevel | null;
  readonly pidfile: string | null;
  readonly identifier: string | null;
  readonly childlogdir: string | null;
  /** Ours: where logs and pidfile go that the configuration does not place, instead of the working directory. */
  readonly stateDirectory: string | null;
  /** Ours: start only if the configuration is still the one with this digest. */
  readonly expectDigest: string | null;
  readonly action: "run" | "version" | "help" | "plan";
};

const OPTIONS = {
  configuration: { type: "string", short: "c" },
  nodaemon: { type: "boolean", short: "n" },
  silent: { type: "boolean", short: "s" },
  version: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" },
  user: { type: "string", short: "u" },
  umask: { type: "string", short: "m" },
  directory: { type: "string", short: "d" },
  logfile: { type: "string", short: "l" },
  logfile_maxbytes: { type: "string", short: "y" },
  logfile_backups: { type: "string", short: "z" },
  loglevel: { type: "string", short: "e" },
  pidfile: { type: "string", short: "j" },
  identifier: { type: "string", short: "i" },
  childlogdir: { type: "string", short: "q" },
  nocleanup: { type: "boolean", short: "k" },
  strip_ansi: { type: "boolean", short: "t" },
  plan: { type: "boolean" },
  "state-directory": { type: "string" },
  "expect-digest": { type: "string" },
} as const;

/** Reads the command line; a sentence if it is wrong. */
export function parseArguments(argv: readonly string[]): Arguments | string {
  const parsed = parse(argv);
  if (typeof parsed === "string") return parsed;
  const { values, positionals } = parsed;
  if (positionals.length > 0) return "positional arguments are not supported";
  const umask = number(values.umask, /^[0-7]{1,4}$/, 8);
  if (umask === "wrong") return `-m ${values.umask}: a umask is octal digits, like 022`;
  const maxbytes = byteSize(values.logfile_maxbytes);
  if (maxbytes === "wrong")
    return `-y ${values.logfile_maxbytes}: a size is a number with KB, MB or GB, like 50MB`;
  const backups = number(values.logfile_backups, /^\d+$/, 10);
  if (backups === "wrong") return `-z ${values.logfile_backups}: the number of backups is a number`;
  const level = logLevel(values.loglevel);
  if (level === "wrong") return `-e ${values.loglevel}: a level is one of ${LOG_LEVELS.join(", ")}`;
  return {
    configuration: values.configuration ?? null,
    nodaemon: values.nodaemon ?? false,
    silent: values.silent ?? false,
    nocleanup: values.nocleanup ?? false,
    stripAnsi: values.strip_ansi ?? false,
    user: values.user ?? null,
    umask,
    directory: values.directory ?? null,
    logfile: values.logfile ?? null,
    logfileMaxbytes: maxbytes,
    logfileBackups: backups,
    loglevel: level,
    pidfile: values.pidfile ?? null,
    identifier: values.identifier ?? null,
    childlogdir: values.childlogdir ?? null,
    stateDirectory: values["state-directory"] ?? null,
    expectDigest: values["expect-digest"] ?? null,
    action: values.help ? "help" : values.version ? "version" : values.plan ? "plan" : "run",
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const LOG_LEVELS: readonly LogLevel[] = ["critical", "error", "warn", "info", "debug", "trace", "blather"];

function logLevel(text: string | undefined): LogLevel | null | "wrong" {
  if (text === undefined) return null;
  return LOG_LEVELS.find((level) => level === text.toLowerCase()) ?? "wrong";
}

function number(text: string | undefined, form: RegExp, radix: number): number | null | "wrong" {
  if (text === undefined) return null;
  return form.test(text) ? Number.parseInt(text, radix) : "wrong";
}

function byteSize(text: string | undefined): number | null | "wrong" {
  if (text === undefined) return null;
  const { digits, unit } = /^(?<digits>\d+)(?<unit>kb|mb|gb)?$/i.exec(text)?.groups ?? {};
  if (digits === undefined) return "wrong";
  return Number(digits) * 1024 ** ["", "kb", "mb", "gb"].indexOf((unit ?? "").toLowerCase());
}
