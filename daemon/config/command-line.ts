import { type TokenList, tokenise } from "./python/shlex.ts";

/** The words of a command as Supervisor splits them when it starts the program (POSIX quoting, comments kept). */
export function commandWords(command: string): TokenList {
  const options = { posix: true, extraWordCharacters: "", splitOnlyAtSpace: true, comments: false };
  return tokenise(command, options);
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

const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash", "fish"]);

/** The script that a command hands to a shell with `-c`; null where it does not. */
export function shellScript(words: readonly string[]): string | null {
  const [program = "", ...rest] = words;
  if (baseName(program) === "env" || baseName(program) === "exec") return shellScript(rest);
  if (!SHELLS.has(baseName(program))) return null;
  const flag = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  return flag === -1 ? null : (rest[flag + 1] ?? null);
}
