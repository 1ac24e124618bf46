import { replaceValue, surely } from "../edits.ts";
import { toEnvironment } from "../environment.ts";
import { report } from "../findings.ts";
import type { Question } from "../machine.ts";
import { valuePlace } from "../option-text.ts";
import type { Fix, Severity } from "../problem.ts";
import { directoryOf, joinPath } from "../python/paths.ts";
import { type Message, say } from "../say.ts";
import { SHELL_WORDS } from "./command.ts";
import { type Command, commandOf, given, type ProgramView, textOf } from "./program-view.ts";

/** An executable and a script that this machine does not have, as far as it is asked and has answered. */
export function checkMissing(program: ProgramView): void {
  const command = commandOf(program);
  if (program.context.machine.look === undefined || command === null) return;
  const first = command.words[0] ?? "";
  if (command.error !== null || first === "" || NOT_A_PATH.test(first)) return;
  if (first.includes("/")) checkPath(command, first);
  else checkName(command, first);
  checkScript(command);
}

/** Words that other checks tell of. */
const NOT_A_PATH = /^~|[$=;&|<>*]/;

/** A name without a slash is looked for in the folders of the program's PATH, else of supervisord's. */
function checkName(looked: Command, name: string): void {
  const { program } = looked;
  const own = ownPath(program);
  const path = own ?? String(program.context.environmentNames.get("ENV_PATH") ?? "");
  if (!path.includes("/") || SHELL_WORDS.has(name)) return;
  if (!isMissing(looked, `program ${name} ${path}`)) return;
  if (own === null) {
    const message = say`There is no program ${name} on this machine's PATH, so it could not start here.`;
    tell(looked, "command.not-found", "information", message);
  } else {
    const message = say`There is no program ${name} in the PATH of this program's environment: add %(ENV_PATH)s to it.`;
    tell(looked, "command.not-found", "warning", message, widerPath(program));
  }
}

function ownPath(program: ProgramView): string | null {
  const text = textOf(program, "environment");
  const variables = text === null ? null : toEnvironment(text, program.context.dialect);
  return variables !== null && "value" in variables ? (variables.value.get("PATH") ?? null) : null;
}

const QUOTED_PATH = /(^|,\s*)(PATH=)(["'])([^"'%]*)\3/;

function widerPath(program: ProgramView): readonly Fix[] {
  const stored = given(program, "environment");
  const wider = stored?.value.replace(QUOTED_PATH, "$1$2$3$4:%(ENV_PATH)s$3");
  if (stored === null || wider === undefined || wider === stored.value) return [];
  return surely(say`Add %(ENV_PATH)s to PATH`, replaceValue(stored, wider));
}

/** Where the folder is not there either, the configuration is hardly meant for this machine. */
function checkPath(looked: Command, path: string): void {
  const { machine, lenient } = looked.program.context;
  if (!path.startsWith("/") || lenient || !isMissing(looked, `executable ${path}`)) return;
  if (!machine.isDirectory(directoryOf(path))) return;
  const isThere = machine.look?.(`file ${path}`) ?? null;
  if (isThere === null) return;
  if (isThere) {
    const message = say`${path} is not an executable file, so the program could not start.`;
    tell(looked, "command.not-found", "warning", message);
    return;
  }
  const message = say`There is no file ${path} on this machine, so the program could not start here.`;
  tell(looked, "command.not-found", SYSTEM_FOLDER.test(path) ? "information" : "warning", message);
}

/** Folders that every machine has: that something is not installed here says as little as that it is not on the PATH. */
const SYSTEM_FOLDER = /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]*$/;

const INTERPRETERS = /^(?:python|pypy|node|ruby|perl|php|bash|sh|dash|zsh|tsx|ts-node)[\d.]*$/;

/** The script of an interpreter is looked for in the program's directory. */
function checkScript(looked: Command): void {
  const { program } = looked;
  const script = scriptOf(looked);
  if (script === null) return;
  const directory = textOf(program, "directory") ?? "";
  const path = joinPath(directory, script);
  if (!path.startsWith("/") || !program.context.machine.isDirectory(directoryOf(path))) return;
  if (!isMissing(looked, `file ${path}`)) return;
  tell(
    looked,
    "command.no-script",
    "warning",
    say`There is no script ${path} on this machine, so the program would end at once.`,
  );
}

/** The script that an interpreter is given; null where it is given something else, or options that may take values. */
function scriptOf({ name, words }: Command): string | null {
  if (!INTERPRETERS.test(name)) return null;
  const script = words.slice(1).find((word) => !["-u", "-B", "-E", "-s", "-O", "-x", "-e"].includes(word));
  return script !== undefined && /^[\w./][\w./+-]*\.\w+$/.test(script) ? script : null;
}

function isMissing({ program }: Command, question: Question): boolean {
  return program.context.machine.look?.(question) === false;
}

function tell(
  { program, stored }: Command,
  code: string,
  severity: Severity,
  message: Message,
  fixes: readonly Fix[] = [],
): void {
  report(program.context.findings, { code, severity, message, ...valuePlace(stored), fixes });
}
