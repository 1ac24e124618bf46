import type { LogLevel } from "../config/configuration.ts";
import type { Dialect } from "../config/environment.ts";
import type { Machine } from "../config/machine.ts";
import { existingDirectory, existingDirpath } from "../config/machine-values.ts";
import { repr } from "../config/python/repr.ts";
import { type Converted, toBytes, toInteger, toLogLevel, toOctal } from "../config/values.ts";
import { getopt } from "../ctl/getopt.ts";
import { parseWindowPolicy, type WindowPolicy } from "../protocol/window-policy.ts";

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
  readonly minfds: number | null;
  readonly minprocs: number | null;
  /** Of Python's profiler, which is not here; accepted so that a command line that names it still works. */
  readonly profileOptions: string | null;
  /** Ours: where logs and pidfile go that the configuration does not place, instead of the working directory. */
  readonly stateDirectory: string | null;
  /** Ours: start only if the configuration is still the one with this digest. */
  readonly expectDigest: string | null;
  /** Ours: a TCP port opens beyond this machine also without a password. */
  readonly allowOpenTcp: boolean;
  /** Ours: the editor's windows decide how long the daemon runs; this until the first one comes. Null for no such thing. */
  readonly lastWindow: WindowPolicy | null;
  /** Ours: the service manager for which a unit is printed. */
  readonly unitKind: UnitKind;
  /** Ours: which release of Supervisor the configuration is read as, where they differ. */
  readonly dialect: Dialect;
  /** Ours, for `--check`: silent traps count as errors. */
  readonly strict: boolean;
  /** Ours, for `--check`: paths, users and plugins are taken as they are, and fragments as files of their own. */
  readonly lenient: boolean;
  /** Ours, for `--check`: what is printed. */
  readonly format: CheckFormat;
  readonly action: "run" | "version" | "help" | "plan" | "print-unit" | "check";
};

/** The problems as lines, or the resolved configuration as JSON. */
type CheckFormat = "text" | "json";

/** A service manager that can run the daemon. */
export type UnitKind = "systemd" | "launchd";

const NOTHING_SAID: Arguments = {
  configuration: null,
  nodaemon: false,
  silent: false,
  nocleanup: false,
  stripAnsi: false,
  user: null,
  umask: null,
  directory: null,
  logfile: null,
  logfileMaxbytes: null,
  logfileBackups: null,
  loglevel: null,
  pidfile: null,
  identifier: null,
  childlogdir: null,
  minfds: null,
  minprocs: null,
  profileOptions: null,
  stateDirectory: null,
  expectDigest: null,
  allowOpenTcp: false,
  lastWindow: null,
  unitKind: "systemd",
  dialect: "4.3",
  strict: false,
  lenient: false,
  format: "text",
  action: "run",
};

type Option = {
  readonly short?: string;
  readonly takes: "value" | "nothing";
  readonly read: (text: string, machine: Machine) => Converted<Partial<Arguments>>;
};

/** Supervisor's options by their long names, and how the value of each is read. */
const OPTIONS: Readonly<Record<string, Option>> = {
  help: flag({ action: "help" }, "h"),
  version: flag({ action: "version" }, "v"),
  configuration: option("configuration", toText, "c"),
  nodaemon: flag({ nodaemon: true }, "n"),
  silent: flag({ silent: true }, "s"),
  user: option("user", toText, "u"),
  umask: option("umask", toOctal, "m"),
  directory: option("directory", directoryOn, "d"),
  logfile: option("logfile", pathOn, "l"),
  logfile_maxbytes: option("logfileMaxbytes", toBytes, "y"),
  logfile_backups: option("logfileBackups", toNumber, "z"),
  loglevel: option("loglevel", toLogLevel, "e"),
  pidfile: option("pidfile", pathOn, "j"),
  identifier: option("identifier", toText, "i"),
  childlogdir: option("childlogdir", directoryOn, "q"),
  minfds: option("minfds", toNumber, "a"),
  minprocs: option("minprocs", toNumber),
  nocleanup: flag({ nocleanup: true }, "k"),
  strip_ansi: flag({ stripAnsi: true }, "t"),
  profile_options: option("profileOptions", toText),
};

/** Ours: no abbreviation of Supervisor's options may become ambiguous by them, so they have none. */
const OWN_OPTIONS: Readonly<Record<string, Option>> = {
  plan: flag({ action: "plan" }),
  check: flag({ action: "check" }),
  strict: flag({ strict: true }),
  lenient: flag({ lenient: true }),
  format: option("format", oneOf<CheckFormat>(["text", "json"])),
  dialect: option("dialect", oneOf<Dialect>(["4.3", "4.4"])),
  "state-directory": option("stateDirectory", toText),
  "expect-digest": option("expectDigest", toText),
  "allow-open-tcp": flag({ allowOpenTcp: true }),
  "last-window": option("lastWindow", toWindowPolicy),
  "print-unit": { takes: "value", read: toUnit },
};

/** Reads the command line as Supervisor does; its sentence if it is wrong. */
export function parseArguments(argv: readonly string[], machine: Machine): Arguments | string {
  const table = { ...OPTIONS, ...ownOptionsIn(argv) };
  const parsed = getopt(argv, {
    short: { ...takesByName(table, ({ short }) => short), "?": false },
    long: takesByName(table, (_, long) => long),
  });
  if (typeof parsed === "string") return parsed;
  if (parsed.rest.length > 0) {
    return `positional arguments are not supported: [${parsed.rest.map(repr).join(", ")}]`;
  }
  let said: Partial<Arguments> = {};
  for (const { flag: given, value } of parsed.options) {
    const read = optionOf(table, given).read(value, machine);
    if ("error" in read) return `invalid value for ${given} ${repr(value)}: ${read.error}`;
    // Help and version are given at once, whatever stands behind them.
    if (read.value.action === "help" || read.value.action === "version")
      return { ...NOTHING_SAID, ...read.value };
    if (Object.keys(read.value).some((name) => name in said)) {
      return `conflicting command line option ${repr(given)}`;
    }
    said = { ...said, ...read.value };
  }
  return { ...NOTHING_SAID, ...said };
}

function ownOptionsIn(argv: readonly string[]): Readonly<Record<string, Option>> {
  const words = argv.map((word) => word.split("=")[0]);
  return Object.fromEntries(Object.entries(OWN_OPTIONS).filter(([name]) => words.includes(`--${name}`)));
}

function takesByName(
  table: Readonly<Record<string, Option>>,
  nameOf: (option: Option, long: string) => string | undefined,
): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([long, option]) => {
      const name = nameOf(option, long);
      return name === undefined ? [] : [[name, option.takes === "value"]];
    }),
  );
}

function optionOf(table: Readonly<Record<string, Option>>, given: string): Option {
  if (given.startsWith("--")) return table[given.slice(2)] ?? HELP;
  return Object.values(table).find(({ short }) => `-${short}` === given) ?? HELP;
}

/** What `-?` means, which has no long name. */
const HELP = flag({ action: "help" });

function flag(said: Partial<Arguments>, short?: string): Option {
  return { ...(short === undefined ? {} : { short }), takes: "nothing", read: () => ({ value: said }) };
}

function option<K extends keyof Arguments>(
  name: K,
  convert: (text: string, machine: Machine) => Converted<Arguments[K]>,
  short?: string,
): Option {
  return {
    ...(short === undefined ? {} : { short }),
    takes: "value",
    read: (text, machine) => {
      const converted = convert(text, machine);
      return "error" in converted ? converted : { value: { [name]: converted.value } };
    },
  };
}

function toText(text: string): Converted<string> {
  return { value: text };
}

function toNumber(text: string): Converted<number> {
  const number = toInteger(text);
  return "error" in number ? number : { value: Number(number.value) };
}

function toUnit(text: string): Converted<Partial<Arguments>> {
  if (text === "systemd" || text === "launchd") return { value: { action: "print-unit", unitKind: text } };
  return { error: "it is systemd or launchd" };
}

function toWindowPolicy(text: string): Converted<WindowPolicy> {
  const policy = parseWindowPolicy(text);
  return policy === null ? { error: "it is keep or stop:SECONDS" } : { value: policy };
}

function oneOf<T extends string>(words: readonly T[]): (text: string) => Converted<T> {
  return (text) => {
    const word = words.find((known) => known === text);
    return word === undefined ? { error: `it is ${words.join(" or ")}` } : { value: word };
  };
}

function directoryOn(text: string, machine: Machine): Converted<string> {
  return existingDirectory({ machine, lenient: false })(text);
}

function pathOn(text: string, machine: Machine): Converted<string> {
  return existingDirpath({ machine, lenient: false })(text);
}
