import { positionAt } from "./lines.ts";
import { ownOptions } from "./own-options.ts";
import type { Problem, Severity } from "./problem.ts";
import type { Reading } from "./read.ts";
import { inEnglish } from "./say.ts";

/** What `--check` prints, and the code it ends with: 0 where Supervisor takes the file, 2 where it refuses it. */
export type CheckReport = { readonly lines: readonly string[]; readonly exitCode: 0 | 2 };

/**
 * The problems of a reading, one for each line; `strict` takes what Supervisor is silent about for an error, and warns of
 * what only this daemon knows.
 */
export function checkReport(reading: Reading, strict: boolean): CheckReport {
  const told = reading.problems.filter((problem) => problem.severity !== "hint");
  const lines = told.map((problem) => line(reading, problem, shownSeverity(problem.severity, strict)));
  if (strict)
    lines.push(...ownOptions(reading.documents).map((problem) => line(reading, problem, "warning")));
  if (reading.refusal !== null) lines.push(`Error: ${reading.refusal}`);
  const trapped = strict && told.some(({ severity }) => severity === "error" || severity === "warning");
  return { lines, exitCode: reading.refusal !== null || trapped ? 2 : 0 };
}

function line(reading: Reading, problem: Problem, severity: string): string {
  const document = reading.documents.get(problem.file);
  const { line: row, character } =
    document === undefined ? { line: 0, character: 0 } : positionAt(document.lines, problem.range.start);
  return `${problem.file}:${row + 1}:${character + 1}: ${severity}: ${inEnglish(problem.message)} [${problem.code}]`;
}

function shownSeverity(severity: Severity, strict: boolean): string {
  if (severity === "information") return "note";
  return strict && severity === "warning" ? "error" : severity;
}
