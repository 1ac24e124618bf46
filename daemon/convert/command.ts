import { commandWords } from "../config/command-line.ts";
import type { Run } from "./draft.ts";

/** The text of a `command=` that starts a program in that way; null where no value can hold it. */
export function commandText(run: Run): string | null {
  const argv = run.kind === "argv" ? run.argv : argvOf(run.line.trim());
  const words = argv.map(quoted);
  // A value is one line: what follows a line break would lose its indentation.
  if (argv.length === 0 || argv.some((word) => /[\r\n\0]/.test(word))) return null;
  return words.join(" ").replaceAll("%", "%%");
}

/** Programs that run what they are asked to in processes of their own. */
const STARTERS: ReadonlySet<string> = new Set(["npm", "pnpm", "yarn", "bun", "make", "npx"]);

/** Whether stopping the program alone would leave others running. */
export function startsOthers(run: Run): boolean {
  const [program = "", ...rest] = run.kind === "argv" ? run.argv : argvOf(run.line.trim());
  return STARTERS.has(program) || (program === "sh" && !(rest[1] ?? "").startsWith("exec "));
}

/** What a shell would not take literally. */
const SHELL_SYNTAX = /[|&;<>()$`*?[\]{}~!#\n]|\\/;
const CONTROL = /[|&;<>()\n`]|\$\(/;
const KEYWORD =
  /^(?:if|for|while|until|case|function|select|time|cd|export|set|source|\.|eval|exec|trap)\b|^[!{]/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** A line that means the same without a shell is started without one: signals reach the program itself then. */
function argvOf(line: string): readonly string[] {
  const { tokens, error } = commandWords(line);
  if (error === null && !SHELL_SYNTAX.test(line) && !KEYWORD.test(line)) {
    const words = tokens.map(({ text }) => text);
    return ASSIGNMENT.test(line) ? ["env", ...words] : words;
  }
  return ["sh", "-c", withExec(line)];
}

/** One simple command takes the shell's place, so that no shell stands between the supervisor and the program. */
function withExec(line: string): string {
  if (CONTROL.test(line) || KEYWORD.test(line)) return line;
  return ASSIGNMENT.test(line) ? `exec env ${line}` : `exec ${line}`;
}

/** Supervisor cuts a value at ` ;` and ` #` even inside quotes: empty quotes in between keep them apart. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const single = `'${word.replaceAll("'", `'"'"'`)}'`;
  return single.replace(/(\s)(?=[;#])/g, "$1''");
}
