import { runChecks } from "./checks/checks.ts";
import type { Configuration, GroupSettings } from "./configuration.ts";
import { type Context, START } from "./context.ts";
import type { Document } from "./document.ts";
import { maybe, replace } from "./edits.ts";
import type { Dialect } from "./environment.ts";
import { noFindings, refuse, withoutGeneral } from "./findings.ts";
import { type FoundGroup, readGroups, sortedGroups } from "./groups.ts";
import { readHttpServers, serverUrl } from "./http-servers.ts";
import { readIncludes } from "./include.ts";
import type { Machine } from "./machine.ts";
import { type Memo, SectionMemory } from "./memo.ts";
import { MergingStore } from "./merging-store.ts";
import { readRpcInterfaces } from "./plugins.ts";
import type { Problem } from "./problem.ts";
import { absolutePath, directoryOf } from "./python/paths.ts";
import { type Message, say } from "./say.ts";
import { type SourceFile, toSourceFile } from "./source-file.ts";
import { readSupervisorctl } from "./supervisorctl-section.ts";
import { readDaemonUser, readSupervisord } from "./supervisord-section.ts";

export type ReadOptions = {
  /** Which release of Supervisor to agree with where they differ; 4.3, the default, stands for all before 4.4. */
  readonly dialect?: Dialect;
  /** Does not check paths, users and plugins against the machine, and includes nothing from elsewhere. */
  readonly lenient?: boolean;
  /** `auto` reads a file without `[supervisord]` as if it began with that header; default `as-is`. */
  readonly fragment?: "as-is" | "auto";
  /** What earlier readings of the same configuration found out, and where this one adds to it. */
  readonly memo?: Memo;
};

/** What became of reading a configuration. */
export type Reading = {
  /** Null where Supervisor would refuse it. */
  readonly configuration: Configuration | null;
  /** The groups of a name, without all others being put together; none where Supervisor would refuse the whole. */
  readonly groupsNamed: (name: string) => readonly GroupSettings[];
  readonly problems: readonly Problem[];
  /** Supervisor's own message for refusing it; null if it accepts. */
  readonly refusal: string | null;
  /** The files that were read, by absolute path, the main one first. */
  readonly documents: ReadonlyMap<string, Document>;
  /** The included files in order, as Supervisor names them. */
  readonly includeFiles: readonly string[];
  /** What Supervisor would log as warnings when it starts. */
  readonly warnings: readonly string[];
  /** Python plugins that the configuration names and this daemon does not have. */
  readonly unresolvedPlugins: readonly string[];
  /** Whether the file was read as if it began with `[supervisord]`. */
  readonly fragment: boolean;
};

/** Reads a configuration and what it includes as Supervisor does. Never throws: what is wrong is told as problems. */
export function readConfiguration(file: string, machine: Machine, options: ReadOptions = {}): Reading {
  const reading = readOnce(file, machine, options, false);
  if (options.fragment !== "auto" || reading.refusal !== NO_SUPERVISORD) return reading;
  return readOnce(file, machine, options, true);
}

const NO_SUPERVISORD = ".ini file does not include supervisord section";

function readOnce(shownFile: string, machine: Machine, options: ReadOptions, fragment: boolean): Reading {
  const file = absolutePath(shownFile, machine.cwd);
  const here = directoryOf(file);
  const store = new MergingStore(options.memo?.store ?? null);
  const names = environmentNames(machine);
  const context: Context = {
    shownFile,
    file,
    here,
    hereNames: new Map([["here", here]]),
    machine: { ...machine, isDirectory: remembered(machine.isDirectory) },
    lenient: options.lenient ?? false,
    dialect: options.dialect ?? "4.3",
    store,
    documents: new Map(),
    findings: noFindings(),
    environmentNames: names,
    memo: options.memo ?? null,
    trace: null,
  };
  const main = readMain(context, fragment);
  if (main === null) return toReading(context, NOTHING, [], fragment);
  context.documents.set(file, main.document);
  store.add({ ...main, shownAs: null });
  const supervisorctl = readSupervisorctl(context);
  const included = readIncludes(context, store);
  store.settle();
  context.memo?.begin(context, store);
  const sections = readSections(context, names);
  runChecks(context, { ...sections, supervisorctl, includeFiles: included.files });
  const about = { supervisorctl, file, includeFiles: included.files };
  const settings = { whole: () => sections.whole(about), groupsNamed: sections.groupsNamed };
  return toReading(context, settings, included.files, fragment);
}

/** Asks about each path once: many logs stand in one folder. */
function remembered(ask: (path: string) => boolean): (path: string) => boolean {
  const answers = new Map<string, boolean>();
  return (path) => {
    const known = answers.get(path) ?? ask(path);
    answers.set(path, known);
    return known;
  };
}

function environmentNames(machine: Machine): Map<string, string | bigint> {
  const names = new Map<string, string | bigint>();
  for (const [name, value] of Object.entries(machine.environment)) {
    if (value !== undefined) names.set(`ENV_${name}`, value);
  }
  return names;
}

function readMain(context: Context, fragment: boolean): SourceFile | null {
  const { file, shownFile, findings } = context;
  const content = context.machine.readFile(file);
  if (content.kind !== "error")
    return toSourceFile(content, { file, shownAs: shownFile, fragment }, findings);
  const missing = content.code === "ENOENT" || content.code === "ENOTDIR";
  refuse(findings, {
    code: missing ? "file.missing" : "file.unreadable",
    severity: "error",
    message: cannotRead(file, content.code),
    file,
    range: START,
    upstream: `could not ${missing ? "find" : "read"} config file ${shownFile}`,
  });
  return null;
}

function cannotRead(file: string, code: string): Message {
  if (code === "ENOENT" || code === "ENOTDIR") return say`There is no file ${file}.`;
  if (code === "EISDIR") return say`${file} is a directory, not a configuration file.`;
  if (code === "EACCES") return say`${file} may not be read by this user.`;
  return say`${file} cannot be read: ${code}.`;
}

type Sections = Pick<Configuration, "httpServers"> &
  Pick<Reading, "groupsNamed"> & {
    /** What Supervisor would act on; put together when it is asked for, and its groups when these are. */
    readonly whole: (about: Pick<Configuration, "file" | "includeFiles" | "supervisorctl">) => Configuration;
  };

function readSections(context: Context, names: Map<string, string | bigint>): Sections {
  const { store, findings } = context;
  const section = store.sections.get("supervisord");
  if (section === undefined && findings.refusal === null) {
    refuse(findings, {
      code: "section.no-supervisord",
      severity: "error",
      message: say`There is no [supervisord] section: Supervisor takes the file only as part of another.`,
      file: context.file,
      range: START,
      fixes: maybe(say`Add [supervisord]`, replace(context.file, START, "[supervisord]\n\n")),
      upstream: NO_SUPERVISORD,
    });
  }
  const known = section ?? {
    name: "supervisord",
    options: new Map(),
    only: null,
    written: [],
    memory: new SectionMemory(),
    places: [],
    isOpenedAgain: false,
    broughtBy: null,
  };
  const supervisord = readSupervisord(context, known);
  for (const [name, value] of Object.entries(supervisord.environment)) names.set(`ENV_${name}`, value);
  const rpcInterfaces = readRpcInterfaces(context);
  const groups = readGroups(context);
  const httpServers = readHttpServers(context);
  const uid = readDaemonUser(context, known, supervisord.user);
  const settled = (found: readonly FoundGroup[]) =>
    sortedGroups(context, found).map((group) => withEnvironment(group, supervisord.environment));
  const groupsNamed = (name: string) => settled(groups.filter((group) => group.name === name));
  const whole: Sections["whole"] = (about) => {
    let known: readonly GroupSettings[] | undefined;
    return {
      ...about,
      supervisord: { ...supervisord, uid, serverurl: serverUrl(httpServers) },
      httpServers,
      rpcInterfaces,
      get groups() {
        known ??= settled(groups);
        return known;
      },
    };
  };
  return { httpServers, groupsNamed, whole };
}

function withEnvironment(group: GroupSettings, environment: Readonly<Record<string, string>>): GroupSettings {
  const processes = group.processes.map((process) => ({
    ...process,
    environment: { ...environment, ...process.environment },
  }));
  return { ...group, processes };
}

type Settings = Pick<Reading, "groupsNamed"> & { readonly whole: () => Configuration | null };

const NOTHING: Settings = { whole: () => null, groupsNamed: () => [] };

function toReading(
  context: Context,
  settings: Settings,
  includeFiles: readonly string[],
  fragment: boolean,
): Reading {
  const { refusal, warnings, unresolvedPlugins } = context.findings;
  const problems = withoutGeneral(context.findings.problems, "value.environment", "environment.");
  const files = [...context.documents.keys()];
  problems.sort((a, b) =>
    a.file === b.file ? a.range.start - b.range.start : files.indexOf(a.file) - files.indexOf(b.file),
  );
  const { documents } = context;
  const { whole, groupsNamed } = refusal === null ? settings : NOTHING;
  const found = { problems, refusal, documents, includeFiles, warnings, unresolvedPlugins, fragment };
  return Object.assign(new WholeOnNeed(whole), { groupsNamed, ...found });
}

/** A class: of an object that is written with a getter the engine keeps all that it reaches, until it clears its whole heap. */
class WholeOnNeed {
  readonly #whole: () => Configuration | null;
  #configuration: Configuration | null | undefined;

  constructor(whole: () => Configuration | null) {
    this.#whole = whole;
  }

  get configuration(): Configuration | null {
    this.#configuration ??= this.#whole();
    return this.#configuration;
  }
}
