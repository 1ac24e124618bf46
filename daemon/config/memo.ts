import { type AnchoredProblem, anchored } from "./anchored-problem.ts";
import type { ProgramClaims } from "./checks/checks.ts";
import type { GroupSettings, ProcessSettings } from "./configuration.ts";
import type { Context } from "./context.ts";
import { type Findings, isNew, noFindings } from "./findings.ts";
import type { MergingStore } from "./merging-store.ts";
import { type Answer, Trace } from "./trace.ts";

/**
 * What readings of one configuration have found out, section by section, so that the next one reads anew only what
 * has changed. What a step reads of anything but its own section is traced, and asked again before the step's
 * result is taken for still true.
 */
export class Memo {
  readonly groups = new Part<GroupSettings>();
  readonly written = new Part<null>();
  readonly merged = new Part<ProgramClaims | null>();
  readonly processes = new Part<ProcessSettings[]>();
  #store: MergingStore | null = null;

  /** Sections that are written as they were in the last reading become the same objects. */
  settle(store: MergingStore): void {
    if (this.#store !== null) store.keep(this.#store);
    this.#store = store;
  }
}

/** Results of one kind of step, by what the step looks at. */
export class Part<T> {
  readonly results = new WeakMap<object, Result<T>>();
}

/** What a step has found, with the places of its problems moving with their sections. */
type Found = Pick<Findings, "refusal" | "warnings" | "unresolvedPlugins"> & {
  readonly problems: readonly AnchoredProblem[];
};

type Result<T> = {
  readonly variant: string;
  readonly value: T;
  readonly found: Found;
  readonly defaults: Context["store"]["defaults"];
  readonly answers: readonly Answer[];
  readonly machineAnswers: readonly Answer[];
  machineVersion: number | undefined;
};

/**
 * The result of a step that looks at `owner`, an object that is another one when it has changed; `variant` tells apart
 * what else the step is given. The step must use the context it is handed.
 */
export function recall<T>(
  context: Context,
  part: Part<T> | undefined,
  owner: object,
  variant: string,
  step: (context: Context) => T,
): T {
  if (part === undefined) return step(context);
  const known = part.results.get(owner);
  const result = known !== undefined && isStill(known, variant, context) ? known : null;
  if (result === null) return stepAnew(context, part, owner, variant, step);
  tell(context.findings, result.found);
  return result.value;
}

function isStill<T>(result: Result<T>, variant: string, context: Context): boolean {
  if (result.variant !== variant || result.defaults !== context.store.defaults) return false;
  for (const answer of result.answers) if (!answer(context)) return false;
  const { version } = context.machine;
  if (version !== undefined && version === result.machineVersion) return true;
  for (const answer of result.machineAnswers) if (!answer(context)) return false;
  result.machineVersion = version;
  return true;
}

function stepAnew<T>(
  context: Context,
  part: Part<T>,
  owner: object,
  variant: string,
  step: (context: Context) => T,
): T {
  const trace = new Trace();
  const findings = noFindings();
  const value = step(trace.contextOver({ ...context, findings, memo: null }));
  const problems = findings.problems.map((problem) => anchored(problem, context.documents, trace));
  const whole = problems.filter((problem) => problem !== null);
  if (!trace.isWhole || whole.length < problems.length) {
    // Something in it cannot be remembered, so the step is taken each time.
    return step({ ...context, memo: null });
  }
  const found = { ...findings, problems: whole };
  const { answers, machineAnswers } = trace;
  const known = { variant, value, found, defaults: context.store.defaults, answers, machineAnswers };
  part.results.set(owner, { ...known, machineVersion: context.machine.version });
  tell(context.findings, found);
  return value;
}

/** Adds what a step has found to what was found before, as if the step had found it there. */
function tell(findings: Findings, found: Found): void {
  if (findings.refusal === null) findings.warnings.push(...found.warnings);
  findings.refusal ??= found.refusal;
  findings.unresolvedPlugins.push(...found.unresolvedPlugins);
  for (const { problem, identity } of found.problems) {
    if (isNew(findings, problem, identity)) findings.problems.push(problem);
  }
}
