import type { ProcessSettings } from "../../../daemon/config/configuration.ts";
import type { Machine } from "../../../daemon/config/machine.ts";
import type { Fix, Problem } from "../../../daemon/config/problem.ts";
import { type Reading, type ReadOptions, readConfiguration } from "../../../daemon/config/read.ts";
import { memoryMachine } from "./memory-machine.ts";

export const FILE = "/site/supervisord.conf";

/** Reads a configuration given as text; further files stand beside it. */
export function readText(
  text: string,
  options: ReadOptions = {},
  files: Readonly<Record<string, string>> = {},
  overrides: Partial<Machine> = {},
): Reading {
  return readConfiguration(FILE, memoryMachine({ [FILE]: text, ...files }, overrides), options);
}

/** The first process of the configuration's program of that name. */
export function processOf(reading: Reading, name: string): ProcessSettings {
  const processes = reading.configuration?.groups.flatMap((group) => group.processes) ?? [];
  const found = processes.find((process) => process.name === name);
  if (found === undefined) throw new Error(`cannot find process ${name}: ${reading.refusal}`);
  return found;
}

/** The problem with that code; fails where there is none. */
export function problemOf(reading: Reading, code: string): Problem {
  const found = reading.problems.find((problem) => problem.code === code);
  if (found === undefined) {
    throw new Error(
      `cannot find ${code} among ${reading.problems.map((problem) => problem.code).join(", ")}`,
    );
  }
  return found;
}

/** The text that a problem's range covers in the main file. */
export function coveredBy(text: string, problem: Problem): string {
  return text.slice(problem.range.start, problem.range.end);
}

/** The text with a fix's edits made. */
export function applied(text: string, fix: Fix | undefined): string {
  if (fix === undefined) throw new Error("cannot apply a fix: there is none");
  return fix.edits
    .toSorted((a, b) => b.range.start - a.range.start)
    .reduce(
      (changed, { range, newText }) => changed.slice(0, range.start) + newText + changed.slice(range.end),
      text,
    );
}
