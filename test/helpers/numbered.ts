import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** The command of a program that prints so many numbered lines of 100 bytes, then makes the file `done`. */
export function numberLines(count: number, linesPerSecond: number, done: string): string {
  return `/usr/bin/python3 ${resolve("test/fixtures/number-lines.py")} ${count} ${linesPerSecond} ${done}`;
}

/** What is wrong with the numbers of the lines in a log and its backups; null for all from 1 to `count`, each once. */
export function wrongNumbers(log: string, count: number): string | null {
  // A line may begin in one file and end in the next.
  const text = Buffer.concat(oldestFirst(log).map((file) => readFileSync(file))).toString("latin1");
  const wrong = wrongNumbersIn(text);
  if (wrong !== null) return `${basename(log)}: ${wrong}`;
  return text.length === count * LINE_BYTES ? null : `${basename(log)}: ${text.length / LINE_BYTES} lines`;
}

/** What is wrong with them in a text, whatever the last number is. */
export function wrongNumbersIn(text: string): string | null {
  for (let at = 0; at < text.length; at += LINE_BYTES) {
    const expected = `${1 + at / LINE_BYTES}`;
    const line = text.slice(at, at + LINE_BYTES);
    if (line !== `${expected.padEnd(LINE_BYTES - 1)}\n`) return `line ${expected} is ${JSON.stringify(line)}`;
  }
  return null;
}

const LINE_BYTES = 100;

function oldestFirst(log: string): string[] {
  const folder = dirname(log);
  if (!existsSync(folder)) return [];
  const age = (name: string) => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);
  return readdirSync(folder)
    .filter((name) => name === basename(log) || /^\.\d+$/.test(name.slice(basename(log).length)))
    .filter((name) => name.startsWith(basename(log)))
    .sort((a, b) => age(b) - age(a))
    .map((name) => join(folder, name));
}
