import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { stripAnsi } from "./ansi.ts";
import { visible } from "./visible.ts";

const LONGEST_LINE = 200;

/** The last line of the end of a log that says something, fit to be quoted: on one line, without secrets. */
export function lastLine(log: string): string | null {
  const lines = stripAnsi("", log)
    .text.split("\n")
    .map((line) => line.trim());
  const said = lines.findLast((line) => /[\p{L}\p{N}]/u.test(line));
  if (said === undefined) return null;
  const words = visible(maskSecrets(said));
  return words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words;
}
