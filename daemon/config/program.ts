import { type ChannelOptions, STDERR, STDOUT } from "./channels.ts";
import type { ProcessSettings, UserRef } from "./configuration.ts";
import { type Context, headerPlace, type Scope, scopeOf } from "./context.ts";
import { replace, setOption, surely } from "./edits.ts";
import { envFilesOf } from "./env-files.ts";
import { refuse } from "./findings.ts";
import { userCheck } from "./machine-values.ts";
import { removal } from "./option-fixes.ts";
import type { OptionText } from "./option-text.ts";
import { convertOption, optionText, placeOf, rawText, readOption } from "./options.ts";
import type { Fix } from "./problem.ts";
import { type ProgramFacts, readProcess } from "./process.ts";
import { ProcessNames } from "./process-names.ts";
import type { FormatNames } from "./python/format.ts";
import { repr } from "./python/repr.ts";
import { compareText, strip } from "./python/text.ts";
import { say } from "./say.ts";
import { nameInHeader } from "./schema.ts";
import type { StoredSection } from "./store.ts";
import {
  toAccount,
  toAutorestart,
  toBoolean,
  toBytes,
  toExitCodes,
  toInteger,
  toName,
  toOctal,
  toSignal,
} from "./values.ts";

/** More processes than this of one program are refused, where Supervisor would run out of memory. */
const MOST_PROCESSES = 10_000n;

/** The processes of a program section, sorted by name as Supervisor keeps them. */
export function readProcesses(
  context: Context,
  section: StoredSection,
  groupName: string,
): ProcessSettings[] {
  const wrap = (message: string) =>
    `${message} in section ${repr(section.name)} (file: ${repr(section.broughtBy ?? context.shownFile)})`;
  const unnamed: Scope = { context, section, names: NO_NAMES, wrap };
  const names = new ProcessNames(context.environmentNames, {
    here: context.here,
    program_name: readName(unnamed, nameInHeader(section.name) ?? ""),
    host_node_name: context.machine.hostName,
    group_name: groupName,
  });
  const scope: Scope = { context, section, names, wrap };
  const facts = readFacts(scope);
  const processes: ProcessSettings[] = [];
  for (let number = 0n; number < facts.numprocs; number++) {
    names.begin(facts.numprocsStart + number, facts.numprocs);
    processes.push(readProcess(scope, names, facts));
  }
  return processes.toSorted((a, b) => compareText(a.name, b.name));
}

const NO_NAMES: FormatNames = new Map();

/** A section's name without outer white space; a refusal where it has a character that Supervisor forbids. */
export function readName(scope: Scope, text: string): string {
  const name = toName(text);
  if ("value" in name) return name.value;
  refuse(scope.context.findings, {
    code: "name.invalid",
    severity: "error",
    message: say`The name ${JSON.stringify(text)} may hold no space, colon or slash.`,
    ...headerPlace(scope.context, scope.section),
    fixes: renameHeader(scope, text),
    upstream: scope.wrap(name.error),
  });
  return text;
}

function renameHeader(scope: Scope, text: string): readonly Fix[] {
  const { file, range } = headerPlace(scope.context, scope.section);
  if (range.end === range.start) return [];
  const fitting = strip(text).replace(/[ :/]+/g, "-");
  const start = range.end - 1 - text.length;
  return surely(say`Rename to ${fitting}`, replace(file, { start, end: range.end - 1 }, fitting));
}

/** Reads what all processes of the program share, in the order in which Supervisor does. */
function readFacts(scope: Scope): ProgramFacts {
  const start = readStart(scope);
  const stop = readStop(scope);
  const exitcodes = readOption(scope, "exitcodes", toExitCodes, [0]);
  const redirectStderr = readOption(scope, "redirect_stderr", toBoolean, false);
  const numprocs = readOption(scope, "numprocs", toInteger, 1n);
  const numprocsStart = readOption(scope, "numprocs_start", toInteger, 0n);
  const stdout = readChannelFacts(scope, STDOUT);
  const stderr = readChannelFacts(scope, STDERR);
  const serverurl = optionText(scope, "serverurl")?.text ?? null;
  const uid = readUser(scope);
  const umask = readOption<number | null>(scope, "umask", toOctal, null);
  const processName = readProcessName(scope);
  const envFiles = envFilesOf(optionText(scope, "env_files"));
  checkNumprocs(scope, numprocs, processName);
  checkGroupSignals(scope, stop.stopasgroup, stop.killasgroup);
  return {
    shared: {
      ...start,
      ...stop,
      exitcodes,
      redirectStderr,
      serverurl: serverurl !== null && strip(serverurl).toUpperCase() === "AUTO" ? null : serverurl,
      uid,
      umask,
      envFiles,
    },
    numprocs: numprocs > MOST_PROCESSES ? MOST_PROCESSES : numprocs,
    numprocsStart,
    environment: rawText(scope, "environment"),
    stdout,
    stderr,
    processName,
  };
}

function readStart(scope: Scope) {
  return {
    priority: Number(readOption(scope, "priority", toInteger, 999n)),
    autostart: readOption(scope, "autostart", toBoolean, true),
    autorestart: readOption<ProcessSettings["autorestart"]>(
      scope,
      "autorestart",
      toAutorestart,
      "unexpected",
    ),
    startsecs: Number(readOption(scope, "startsecs", toInteger, 1n)),
    startretries: Number(readOption(scope, "startretries", toInteger, 3n)),
  };
}

function readStop(scope: Scope) {
  const stopsignal = readOption(scope, "stopsignal", toSignal, 15);
  const stopwaitsecs = Number(readOption(scope, "stopwaitsecs", toInteger, 10n));
  const stopasgroup = readOption(scope, "stopasgroup", toBoolean, false);
  const killasgroup = readOption(scope, "killasgroup", toBoolean, stopasgroup);
  const stopTree = readOption(scope, "stop_tree", toBoolean, readDaemonStopTree(scope.context));
  return { stopsignal, stopwaitsecs, stopasgroup, killasgroup, stopTree };
}

/** What `[supervisord]` says for all programs. */
export function readDaemonStopTree(context: Context): boolean {
  const section = context.store.sections.get("supervisord");
  if (section === undefined) return true;
  return readOption(scopeOf(context, section, context.hereNames), "stop_tree", toBoolean, true);
}

function readChannelFacts(scope: Scope, options: ChannelOptions): ProgramFacts["stdout"] {
  const captureMaxbytes = readOption(scope, options.captureMaxbytes, toBytes, 0);
  const eventsEnabled = readOption(scope, options.eventsEnabled, toBoolean, false);
  return { captureMaxbytes, eventsEnabled };
}

/** The user of a program by number or name; null where none is given. */
export function readUser(scope: Scope): UserRef | null {
  return readOption<UserRef | null>(scope, "user", (text) => toAccount(text, userCheck(scope.context)), null);
}

function readProcessName(scope: Scope): ProgramFacts["processName"] {
  const option = rawText(scope, "process_name");
  if (option === null) return { text: "%(program_name)s", option: null };
  const text = convertOption(scope, "process_name", option, toName);
  return { text: text ?? "%(program_name)s", option };
}

function checkNumprocs(scope: Scope, numprocs: bigint, processName: ProgramFacts["processName"]): void {
  if (numprocs > 1n && !processName.text.includes("%(process_num)")) {
    refuse(scope.context.findings, {
      code: "numprocs.process-name",
      severity: "error",
      message: say`With numprocs above 1, process_name must contain %(process_num)d so that each process has its own name.`,
      ...placeOf(scope, processName.option === null ? "numprocs" : "process_name"),
      fixes: numberName(scope, processName.option),
      upstream: scope.wrap("%(process_num) must be present within process_name when numprocs > 1"),
    });
  }
  if (numprocs <= MOST_PROCESSES) return;
  refuse(scope.context.findings, {
    code: "numprocs.too-many",
    severity: "error",
    message: say`numprocs may be ${Number(MOST_PROCESSES)} at most.`,
    ...placeOf(scope, "numprocs"),
    upstream: scope.wrap(`numprocs is above ${MOST_PROCESSES}`),
  });
}

function checkGroupSignals(scope: Scope, stopasgroup: boolean, killasgroup: boolean): void {
  if (!stopasgroup || killasgroup) return;
  refuse(scope.context.findings, {
    code: "program.stop-without-kill",
    severity: "error",
    message: say`stopasgroup=true needs killasgroup=true: remove killasgroup, it follows stopasgroup by itself.`,
    ...placeOf(scope, "killasgroup"),
    fixes: removal(scope, "killasgroup"),
    upstream: scope.wrap("Cannot set stopasgroup=true and killasgroup=false"),
  });
}

function numberName(scope: Scope, option: OptionText | null): readonly Fix[] {
  const name = `${option?.stored.value ?? "%(program_name)s"}_%(process_num)02d`;
  const edits = setOption(scope.context, scope.section, "process_name", name);
  return surely(say`Set process_name=${name}`, ...edits);
}
