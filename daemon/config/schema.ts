import { PROGRAM_OPTIONS, SECTION_OPTIONS } from "./schema-options.ts";

/** The kinds of sections that Supervisor reads. */
export type SectionKind =
  | "unix_http_server"
  | "inet_http_server"
  | "supervisord"
  | "supervisorctl"
  | "include"
  | "program"
  | "group"
  | "fcgi-program"
  | "eventlistener"
  | "rpcinterface"
  | "ctlplugin";

/** What an option's value is: decides how it is read, checked and completed. */
export type ValueType =
  | "text"
  | "boolean"
  | "integer"
  | "bytes"
  | "octal"
  | "signal"
  | "exitcodes"
  | "autorestart"
  | "loglevel"
  | "logfile"
  | "path"
  | "directory"
  | "command"
  | "environment"
  | "user"
  | "chown"
  | "password"
  | "port"
  | "server-url"
  | "socket-url"
  | "program-names"
  | "process-name"
  | "events"
  | "globs"
  | "env-files"
  | "plugin";

export type OptionSpec = {
  readonly name: string;
  readonly type: ValueType;
  /** As the manual words it; null where there is none. */
  readonly default: string | null;
  readonly required: boolean;
  /** The version of Supervisor that brought it; null for an option of ours, which Supervisor ignores. */
  readonly since: string | null;
};

/** How a kind of section is headed. */
export type SectionSpec = {
  readonly kind: SectionKind;
  /** `none`: `[kind]`; `required`: `[kind:NAME]`; `optional`: both. */
  readonly naming: "none" | "required" | "optional";
  /** Whether keys beyond the table are handed on (to a plugin) rather than ignored. */
  readonly open: boolean;
};

/** Every kind of section, in the order in which a file usually has them. */
export const sectionKinds: readonly SectionSpec[] = [
  { kind: "unix_http_server", naming: "optional", open: false },
  { kind: "inet_http_server", naming: "optional", open: false },
  { kind: "supervisord", naming: "none", open: false },
  { kind: "supervisorctl", naming: "none", open: false },
  { kind: "rpcinterface", naming: "required", open: true },
  { kind: "ctlplugin", naming: "required", open: true },
  { kind: "program", naming: "required", open: false },
  { kind: "fcgi-program", naming: "required", open: false },
  { kind: "eventlistener", naming: "required", open: false },
  { kind: "group", naming: "required", open: false },
  { kind: "include", naming: "none", open: false },
];

const LISTENER_INHERITED = PROGRAM_OPTIONS.filter((option) => option.name !== "redirect_stderr").map(
  (option) => (option.name === "priority" ? { ...option, default: "-1" } : option),
);

const OPTIONS: Readonly<Record<SectionKind, readonly OptionSpec[]>> = {
  ...SECTION_OPTIONS,
  program: PROGRAM_OPTIONS,
  "fcgi-program": [...SECTION_OPTIONS["fcgi-program"], ...PROGRAM_OPTIONS],
  eventlistener: [...SECTION_OPTIONS.eventlistener, ...LISTENER_INHERITED],
};

const BY_NAME: Readonly<Record<SectionKind, ReadonlyMap<string, OptionSpec>>> = {
  unix_http_server: byName("unix_http_server"),
  inet_http_server: byName("inet_http_server"),
  supervisord: byName("supervisord"),
  supervisorctl: byName("supervisorctl"),
  include: byName("include"),
  program: byName("program"),
  group: byName("group"),
  "fcgi-program": byName("fcgi-program"),
  eventlistener: byName("eventlistener"),
  rpcinterface: byName("rpcinterface"),
  ctlplugin: byName("ctlplugin"),
};

function byName(kind: SectionKind): ReadonlyMap<string, OptionSpec> {
  return new Map(OPTIONS[kind].map((option) => [option.name, option]));
}

/** The options of a kind of section, inherited ones included. */
export function optionsOf(kind: SectionKind): readonly OptionSpec[] {
  return OPTIONS[kind];
}

/** One option of a kind of section; null if it has none of that name (names are in lower case). */
export function optionOf(kind: SectionKind, name: string): OptionSpec | null {
  return BY_NAME[kind].get(name) ?? null;
}

/** Kinds by what a header starts with, the colon included where a name has to follow. */
const KINDS: ReadonlyMap<string, SectionKind> = new Map(
  sectionKinds.map(({ kind, naming }) => [naming === "required" ? `${kind}:` : kind, kind]),
);

/** The kind of section that a header's text names; null for one that Supervisor does not read. */
export function kindOf(header: string): SectionKind | null {
  const colon = header.indexOf(":");
  const known = KINDS.get(colon === -1 ? header : header.slice(0, colon + 1));
  if (known !== undefined) return known;
  if (header.startsWith("unix_http_server")) return "unix_http_server";
  return header.startsWith("inet_http_server") ? "inet_http_server" : null;
}

/** The name in a header such as `program:NAME`; null where there is none. */
export function nameInHeader(header: string): string | null {
  const colon = header.indexOf(":");
  return colon === -1 ? null : header.slice(colon + 1);
}
