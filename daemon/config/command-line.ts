import { type TokenList, tokenise } from "./python/shlex.ts";

/** The words of a command as Supervisor splits them when it starts the program (POSIX quoting, comments kept). */
export function commandWords(command: string): TokenList {
  if (PLAIN.test(command)) return { tokens: wordsBetweenSpaces(command), error: null };
  const options = { posix: true, extraWordCharacters: "", splitOnlyAtSpace: true, comments: false };
  return tokenise(command, options);
}

/** The words of a command without where they stand. */
export type SplitCommand = {
  readonly words: readonly string[];
  /** Why it cannot be split; null where it can. */
  readonly error: string | null;
  /** Whether it has nothing that a shell, or the splitting itself, takes for more than a part of a word. */
  readonly isPlain: boolean;
};

/** Splits a command into its words. */
export function splitWords(command: string): SplitCommand {
  if (PLAIN.test(command)) return { words: command.split(/ +/), error: null, isPlain: true };
  const { tokens, error } = commandWords(command);
  return { words: tokens.map(({ text }) => text), error, isPlain: false };
}

/** Most commands have nothing that the splitting would have to look at closely. */
const PLAIN = /^[\w@%+=:,./-]+(?: +[\w@%+=:,./-]+)*$/;

function wordsBetweenSpaces(command: string): TokenList["tokens"] {
  const tokens: TokenList["tokens"][number][] = [];
  for (let start = 0; start < command.length; start++) {
    if (command[start] === " ") continue;
    const space = command.indexOf(" ", start);
    const end = space === -1 ? command.length : space;
    tokens.push({ text: command.slice(start, end), start, end });
    start = end;
  }
  return tokens;
}

/** A word quoted so that the split gives it back whole. */
export function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const BEFORE_PROGRAM: ReadonlySet<string> = new Set(["env", "exec"]);
const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash", "fish"]);

/** The script that a command hands to a shell with `-c`; null where it does not. */
export function shellScript(words: readonly string[]): string | null {
  let at = 0;
  while (BEFORE_PROGRAM.has(baseName(words[at] ?? ""))) at++;
  if (!SHELLS.has(baseName(words[at] ?? ""))) return null;
  const flag = words.findIndex((word, index) => index > at && /^-[a-z]*c$/.test(word));
  return flag === -1 ? null : (words[flag + 1] ?? null);
}
