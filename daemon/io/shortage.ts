import { getSystemErrorMap } from "node:util";

/**
 * What keeps a program from starting that is not its own fault. A folder of its own counts only if it was there before:
 * else it is a mistake.
 */
export type Shortage = { readonly of: "system" | "folder"; readonly what: string };

/** What the system runs short of, and may have again later, by the name of its error. */
const SHORTAGES: Readonly<Record<string, string>> = {
  EMFILE: "the daemon has too many open files",
  ENFILE: "the machine has too many open files",
  EAGAIN: "there are too many processes",
  ENOMEM: "there is no memory left",
  ENOSPC: "there is no space left on the disk of the runtime folder",
  EDQUOT: "the disk quota of the runtime folder is used up",
  EROFS: "the disk of the runtime folder is read-only",
};

/** What an error says that the system is short of; null for an error of another kind. */
export function shortageIn(error: unknown): Shortage | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : codeIn(error.message);
  const what = SHORTAGES[code];
  return what === undefined ? null : { of: "system", what };
}

/** A program such as mkfifo tells its error in words only. */
function codeIn(message: string): string {
  const words = message.toLowerCase();
  for (const [code, text] of getSystemErrorMap().values()) if (words.includes(text)) return code;
  return "";
}
