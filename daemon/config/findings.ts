import type { Problem } from "./problem.ts";
import { inEnglish } from "./say.ts";

/** What a reading has found so far. */
export type Findings = {
  readonly problems: Problem[];
  /** What tells the problems from each other, by the file and offset at which they start. */
  readonly known: Map<string, Map<number, string | string[]>>;
  /** Supervisor's message for the first thing that makes it refuse the configuration; null while it would accept. */
  refusal: string | null;
  /** The warnings that Supervisor would log; it gets no further than the first refusal. */
  readonly warnings: string[];
  /** Python plugins that this daemon does not have. */
  readonly unresolvedPlugins: string[];
};

/** A reading that has found nothing yet. */
export function noFindings(): Findings {
  return {
    problems: [],
    known: new Map(),
    refusal: null,
    warnings: [],
    unresolvedPlugins: [],
  };
}

/** Adds a problem, unless the same one was found before (as for each process of a `numprocs`). */
export function report(findings: Findings, problem: Problem): void {
  if (isNew(findings, problem, identityOf(problem))) findings.problems.push(problem);
}

/** What tells a problem from others that start at the same place. */
export function identityOf({ code, range, message }: Problem): string {
  return `${range.end - range.start} ${code} ${inEnglish(message)}`;
}

/** Whether no such problem was found before; from now on it is known. */
export function isNew({ known }: Findings, { file, range }: Problem, identity: string): boolean {
  const inFile = known.get(file) ?? new Map<number, string | string[]>();
  if (inFile.size === 0) known.set(file, inFile);
  const { start } = range;
  const there = inFile.get(start);
  if (there === identity || (typeof there === "object" && there.includes(identity))) return false;
  if (there === undefined) inFile.set(start, identity);
  else if (typeof there === "object") there.push(identity);
  else inFile.set(start, [there, identity]);
  return true;
}

/** Adds a problem for which Supervisor refuses the configuration. */
export function refuse(findings: Findings, problem: Problem & { readonly upstream: string }): void {
  findings.refusal ??= problem.upstream;
  report(findings, problem);
}

/** Adds a warning as Supervisor words it. */
export function warn(findings: Findings, warning: string): void {
  if (findings.refusal === null) findings.warnings.push(warning);
}

/**
 * Leaves out what is told of an option's value as a whole where something inside it is told more exactly; the
 * exact problem then carries Supervisor's words.
 */
export function withoutGeneral(problems: readonly Problem[], general: string, exact: string): Problem[] {
  const result = [...problems];
  for (const whole of problems.filter((problem) => problem.code === general)) {
    const at = result.findIndex((problem) => isExact(problem, whole, exact));
    const inside = result[at];
    if (inside === undefined || whole.upstream === undefined) continue;
    result[at] = { ...inside, upstream: inside.upstream ?? whole.upstream };
    result.splice(result.indexOf(whole), 1);
  }
  return result;
}

function isExact(problem: Problem, whole: Problem, exact: string): boolean {
  const { start, end } = problem.range;
  const isInside = problem.file === whole.file && start >= whole.range.start && end <= whole.range.end + 1;
  return isInside && problem.code.startsWith(exact) && problem.severity === "error";
}
