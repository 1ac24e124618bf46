import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** The command of a program that prints so many numbered lines of 100 bytes, then makes the file `done`. */
export function numberLines(count: number, linesPerSecond: number, done: string): string {
  return `/usr/bin/python3 ${resolve("test/fixtures/number-lines.py")} ${count} ${linesPerSecond} ${done}`;
}

/** What is wrong with the numbers of the lines in a log and its backups; null for all from 1 to `count`, each once. */
export function wrongNumbers(log: string, count: number): string | null {
  let next = 1;
  for (const file of oldestFirst(log)) {
    const wrong = wrongNumbersIn(readFileSync(file, "latin1"), next);
    if (wrong !== null) return `${basename(file)}: ${wrong}`;
    next += statSync(file).size / LINE_BYTES;
  }
  return next - 1 === count ? null : `${next - 1} lines instead of ${count}`;
}

/** The same for a text whose lines begin with the number `first`. */
export function wrongNumbersIn(text: string, first = 1): string | null {
  for (let at = 0; at < text.length; at += LINE_BYTES) {
    const expected = `${first + at / LINE_BYTES}`;
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
