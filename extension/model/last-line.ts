import { maskSecrets } from "../../daemon/protocol/secrets.ts";
import { stripAnsi } from "./ansi.ts";
import { visible } from "./visible.ts";

const LONGEST_LINE = 200;

function saysSomething(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line);
}

/** Node ends with its stack, what the error holds and its own version: the error itself stands before. */
function errorBefore(lines: readonly string[]): string | null {
  const last = lines.findLast(saysSomething) ?? "";
  if (!/^Node\.js v\d/.test(last)) return null;
  return (
    lines.findLast((line) => /^(?:Uncaught )?[\w.]*(?:Error|Exception)(?: \[\w+\])?: /.test(line)) ?? null
  );
}

/** The last line of the end of a log that says something, fit to be quoted: on one line, without secrets. */
export function lastLine(log: string): string | null {
  const lines = stripAnsi("", log)
    .text.split("\n")
    .map((line) => line.trim());
  const said = errorBefore(lines) ?? lines.findLast(saysSomething);
  if (said === undefined) return null;
  const words = visible(maskSecrets(said));
  return words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words;
}
