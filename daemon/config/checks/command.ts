import { commandWords, quoteWord } from "../command-line.ts";
import { addOption, insertIntoValue, maybe, replaceValue, surely } from "../edits.ts";
import { meantPairs } from "../environment-pairs.ts";
import { report } from "../findings.ts";
import { valuePlace } from "../option-text.ts";
import type { Fix, Severity, TextEdit } from "../problem.ts";
import { type Message, say } from "../say.ts";
import { shellVariables, withExpansions } from "../shell-variables.ts";
import type { Stored } from "../store.ts";
import { type Daemonising, daemonising } from "./daemonising.ts";
import { type Command, commandOf, given, type ProgramView, textOf } from "./program-view.ts";

/** Commands that would not do what they look like, because no shell reads them. */
export function checkCommand(program: ProgramView): void {
  const command = commandOf(program);
  if (command === null) return;
  if (command.error !== null) tellQuotes(command, command.error);
  else checkWords(command);
  if (!command.isPlain) checkBackslash(command);
}

function checkWords(looked: Command): void {
  const { script, isPlain } = looked;
  if (script === null && !checkAssignments(looked) && !checkShellSigns(looked)) checkVariables(looked);
  if (!isPlain) checkHome(looked);
  checkRelative(looked);
  checkDaemonising(looked);
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

function tellQuotes(looked: Command, error: string): void {
  const cut = looked.stored.entry.pieces.some((piece) => piece.comment !== null);
  if (cut && error === "No closing quotation") return;
  const message =
    error === "No closing quotation"
      ? say`This command cannot be split into words: a quote is not closed. The program would not start.`
      : say`This command cannot be split into words: it ends with a backslash. The program would not start.`;
  tell(looked, "command.quotes", "error", message);
}

/** `NAME=value program`: Supervisor looks for a program of that name. */
function checkAssignments(looked: Command): boolean {
  const { words, program, stored } = looked;
  const count = words.findIndex((word) => !ASSIGNMENT.test(word));
  if (count === 0 || words.length === 0) return false;
  const assigned = words.slice(0, count === -1 ? words.length : count).map(assignment);
  const message = say`No shell reads a command, so ${words[0] ?? ""} is taken for the program: put it into environment.`;
  tell(looked, "command.assignment", "warning", message, assignmentFix(program, stored, assigned));
  return true;
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

function assignment(word: string): string {
  const equals = word.indexOf("=");
  return `${word.slice(0, equals)}="${word.slice(equals + 1)}"`;
}

function assignmentFix(program: ProgramView, stored: Stored, assigned: readonly string[]): readonly Fix[] {
  const rest = /^(?:\s*[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S)*)+\s+/.exec(stored.value);
  if (rest === null || assigned.some((pair) => /"[^"]*"[^"]*"/.test(pair.slice(pair.indexOf("=")))))
    return [];
  const existing = given(program, "environment");
  const list = assigned.join(",");
  const environment: TextEdit | null =
    existing === null
      ? addOption(program.context, program.section, `environment=${list}`)
      : replaceValue(existing, `${existing.entry.value},${list}`);
  if (environment === null) return [];
  const command = replaceValue(stored, stored.value.slice(rest[0].length));
  return surely(say`Move to environment`, command, environment);
}

const SHELL_SIGN = /^(?:&&|\|\|?|;|&|\d?>{1,2}(?:&\d)?|<|\d?>&\d|\d?>{1,2}\/?[\w./-]+)$/;

/** Signs of a shell among the words; `cd` is one of its own commands. */
function checkShellSigns(looked: Command): boolean {
  const { words, stored, isPlain } = looked;
  const builtin = SHELL_WORDS.has(words[0] ?? "") ? words[0] : undefined;
  if (isPlain && builtin === undefined) return false;
  if (/^[^\s'"]+;(\s|$)/.test(stored.value)) {
    tellGluedComment(looked);
    return true;
  }
  const found = /[;&|<>*]/.test(stored.value) ? bareSign(looked, builtin) : builtin;
  if (found === undefined) return false;
  const message = say`No shell reads a command: ${found} reaches the program as an argument.`;
  const said = found === builtin ? say`No shell reads a command, and there is no program ${found}.` : message;
  tell(looked, "command.shell", "warning", said, shellFixes(looked));
  return true;
}

/** What a shell would take for more than a word; what stands in quotes is none of it. */
function bareSign({ words, stored }: Command, builtin: string | undefined): string | undefined {
  const raw = commandWords(stored.value);
  const sign = words.find((word, index) => SHELL_SIGN.test(word) && isBare(stored.value, raw.tokens[index]));
  const ending = words.find((word, index) => word.endsWith(";") && isBare(stored.value, raw.tokens[index]));
  const glob = words
    .slice(1)
    .find((word, index) => word.includes("*") && isBare(stored.value, raw.tokens[index + 1]));
  return sign ?? builtin ?? ending ?? glob;
}

/** What only a shell knows; there is no program of that name. */
export const SHELL_WORDS: ReadonlySet<string> = new Set(["cd", "source", ".", "export", "ulimit"]);

/** `/bin/cat; note`: no program has such a name. */
function tellGluedComment(looked: Command): void {
  const { stored, words } = looked;
  const fixes = surely(say`Insert a space before ;`, insertIntoValue(stored, stored.value.indexOf(";"), " "));
  const message = say`${words[0] ?? ""} is taken for the program: a comment needs a space before ;.`;
  tell(looked, "comment.glued", "warning", message, stored.value === stored.entry.value ? fixes : []);
}

/** Whether a word stands in the command without quotes around it. */
function isBare(text: string, token: { readonly start: number; readonly end: number } | undefined): boolean {
  return token !== undefined && !/['"]/.test(text.slice(token.start, token.end));
}

function shellFixes(looked: Command): readonly Fix[] {
  const { program, stored } = looked;
  const inDirectory = /^cd\s+(\S+)\s*&&\s*([^&|;<>]+)$/.exec(stored.value);
  const wrapped = `/bin/sh -c ${quoteWord(shellSource(stored.value))}`;
  const wrap = maybe(say`Run it in a shell`, replaceValue(stored, wrapped));
  if (inDirectory === null || given(program, "directory") !== null) return wrap;
  const [, directory = "", command = ""] = inDirectory;
  const added = addOption(
    program.context,
    program.section,
    `directory=${directory.replace(/^["']|["']$/g, "")}`,
  );
  if (added === null) return wrap;
  return [...surely(say`Change cd to directory=`, replaceValue(stored, command.trim()), added), ...wrap];
}

/** One command is executed in place of the shell, so that signals reach it. */
function shellSource(command: string): string {
  return /&&|\|\||[;&]/.test(command) || /^(cd|export|source)\b/.test(command) ? command : `exec ${command}`;
}

function checkVariables(looked: Command): void {
  const { program, stored, words, isPlain } = looked;
  if (isPlain || !words.some((word) => word.includes("$"))) return;
  const [first] = shellVariables(words.join(" "));
  if (first === undefined) return;
  const known = shellVariables(stored.value).every((name) => isKnown(program, name));
  const fixes = known
    ? surely(say`Write %(ENV_${first})s`, replaceValue(stored, withExpansions(stored.value)))
    : [];
  const message = say`No shell reads a command, so ${`$${first}`} stays as it is: write %(ENV_${first})s.`;
  tell(looked, "command.variable", "warning", message, fixes);
}

function isKnown(program: ProgramView, name: string): boolean {
  if (program.context.environmentNames.has(`ENV_${name}`)) return true;
  const own = given(program, "environment");
  return own !== null && meantPairs(own.value).some((pair) => pair.key === name);
}

function checkHome(looked: Command): void {
  const { stored, words } = looked;
  if (words[0]?.startsWith("~") !== true) return;
  const fixes = /^~\//.test(stored.value)
    ? surely(say`Write %(ENV_HOME)s`, replaceValue(stored, `%(ENV_HOME)s${stored.value.slice(1)}`))
    : [];
  const message = say`~ is not a home directory in a command: write %(ENV_HOME)s.`;
  tell(looked, "command.home", "warning", message, fixes);
}

function checkRelative(looked: Command): void {
  const { program, stored, words } = looked;
  const first = words[0] ?? "";
  if (!first.includes("/") || /^[/~]/.test(first)) return;
  const directory = textOf(program, "directory") ?? "";
  if (!directory.startsWith("/")) return;
  const path = first.replace(/^\.\//, "");
  const fixes = stored.value.startsWith(first)
    ? maybe(
        say`Write ${directory}/${path}`,
        replaceValue(
          stored,
          `${given(program, "directory")?.value}/${path}${stored.value.slice(first.length)}`,
        ),
      )
    : [];
  const message = say`${first} is looked for in supervisord's own directory, not in ${directory}: write an absolute path.`;
  tell(looked, "command.relative", "warning", message, fixes);
}

function checkDaemonising(looked: Command): void {
  const found = daemonising(looked);
  if (found === null) return;
  const severity = found.configured ? "information" : "warning";
  tell(looked, "command.background", severity, found.reason, foregroundFixes(looked, found));
}

function foregroundFixes({ stored }: Command, { append, remove }: Daemonising): readonly Fix[] {
  if (append !== null) {
    return surely(say`Append ${append}`, replaceValue(stored, `${stored.value} ${append}`));
  }
  const rest = remove === null ? stored.value : `${stored.value} `.replace(` ${remove} `, " ").trimEnd();
  return remove === null || rest === stored.value
    ? []
    : surely(say`Remove ${remove}`, replaceValue(stored, rest));
}

/** A backslash takes away the meaning of the next character and vanishes; at the end of a line it joins nothing. */
function checkBackslash(looked: Command): void {
  const { stored } = looked;
  if (/\\(\n|$)/.test(stored.value)) {
    const joined = stored.value.replace(/\s*\\(\n|$)\s*/g, " ").trim();
    const message = say`A backslash does not join lines: indented lines are one value already.`;
    tell(
      looked,
      "command.backslash",
      "warning",
      message,
      surely(say`Remove the backslash`, replaceValue(stored, joined)),
    );
  } else if (/(^|\s)["']?[A-Za-z]:\\\w/.test(stored.value)) {
    const fixed = stored.value.replace(/\\(?=\w)/g, "/");
    const message = say`Backslashes vanish from a command: write the path with forward slashes.`;
    tell(
      looked,
      "command.backslash",
      "warning",
      message,
      surely(say`Use forward slashes`, replaceValue(stored, fixed)),
    );
  }
}
