import { commandWords } from "../../daemon/config/command-line.ts";
import type { Configuration, ProcessSettings, UserRef } from "../../daemon/config/configuration.ts";
import type { Section } from "../../daemon/config/document.ts";
import type { Reading } from "../../daemon/config/read.ts";
import { kindOf } from "../../daemon/config/schema.ts";
import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { sectionLookup } from "./live.ts";
import type { Site } from "./site.ts";

/** What a section comes to in the end, after expansion, merging and truncation. */
export type Effective = {
  /** The processes that the section runs, or that a group holds. */
  readonly processes: readonly ProcessSettings[];
  /** The value of an option as it is acted on; null where that is no more than what is written. */
  readonly valueOf: (option: string) => string | null;
  /** The words of a command as the first process gets them; null where there is none. */
  readonly argv: readonly string[] | null;
};

/** Finds out what a section comes to; null where Supervisor would refuse the configuration. */
export function effectiveOf(
  { configuration, groupsNamed }: Pick<Reading, "configuration" | "groupsNamed">,
  site: Site,
  section: Section,
): Effective | null {
  if (configuration === null) return null;
  const processesOf = (group: string) => groupsNamed(group).flatMap(({ processes }) => processes);
  const processes = sectionLookup(site, processesOf)(section);
  const [first] = processes;
  const isGroup = kindOf(section.name) === "group";
  const words = first === undefined || isGroup ? null : commandWords(maskSecrets(first.command));
  return {
    processes,
    valueOf: (option) =>
      first === undefined || isGroup
        ? daemonValue(configuration, section, option)
        : masked(PROCESS_VALUES[option]?.(first) ?? null),
    argv: words === null || words.error !== null ? null : words.tokens.map(({ text }) => text),
  };
}

/** What the environment brings is not for everybody who looks on. */
function masked(value: string | null): string | null {
  return value === null ? null : maskSecrets(value);
}

const PROCESS_VALUES: Readonly<Record<string, (process: ProcessSettings) => string | null>> = {
  command: ({ command }) => command,
  process_name: ({ name }) => name,
  directory: ({ directory }) => directory,
  stdout_logfile: ({ stdout }) => stdout.logfile,
  stderr_logfile: ({ stderr }) => stderr.logfile,
  serverurl: ({ serverurl }) => serverurl,
  user: ({ uid }) => userText(uid),
  environment: ({ environment }) =>
    Object.entries(environment)
      .map(([name, value]) => `${name}=${value}`)
      .join("\n"),
};

function userText(user: UserRef | null): string | null {
  if (user === null) return null;
  return user.kind === "id" ? String(user.id) : user.name;
}

function daemonValue(configuration: Configuration, section: Section, option: string): string | null {
  const { supervisord, supervisorctl, httpServers } = configuration;
  const server = httpServers.find((one) => one.section === section.name);
  if (server?.family === "unix" && option === "file") return server.file;
  if (server?.family === "inet" && option === "port") return `${server.host || "*"}:${server.port}`;
  if (section.name === "supervisorctl" && option === "serverurl") return supervisorctl?.serverurl ?? null;
  return section.name === "supervisord" ? (DAEMON_VALUES[option]?.(supervisord) ?? null) : null;
}

const DAEMON_VALUES: Readonly<Record<string, (supervisord: Configuration["supervisord"]) => string | null>> =
  {
    logfile: ({ logfile }) => logfile,
    pidfile: ({ pidfile }) => pidfile,
    childlogdir: ({ childlogdir }) => childlogdir,
    directory: ({ directory }) => directory,
    identifier: ({ identifier }) => identifier,
  };
