import { type AnchoredProblem, anchored } from "./anchored-problem.ts";
import type { ProgramClaims } from "./checks/checks.ts";
import type { ProcessSettings } from "./configuration.ts";
import type { Context } from "./context.ts";
import { type Findings, isNew, noFindings } from "./findings.ts";
import type { FoundGroup } from "./groups.ts";
import type { MergingStore } from "./merging-store.ts";
import { type Answer, type Asked, Trace } from "./trace.ts";

/**
 * What readings of one configuration have found out, section by section, so that the next one reads anew only what
 * has changed. What a step reads of anything but its own section is traced, and asked again before the step's
 * result is taken for still true.
 */
export class Memo {
  /** Asked before each step that is taken anew: where it says no, the reading ends there with `Interrupted`. */
  mayGoOn: () => boolean = () => true;
  readonly groups = new Part<FoundGroup>();
  readonly checks = new Part<ProgramClaims | null>();
  readonly processes = new Part<ProcessSettings[]>();
  #store: MergingStore | null = null;
  #trace: Trace | null = null;
  /** What the steps of a reading are handed; another one once a step has found something. */
  #own: Context | null = null;

  /** What the last reading has merged. */
  get store(): MergingStore | null {
    return this.#store;
  }

  /** Begins the steps of a reading, once all is merged. */
  begin(context: Context, store: MergingStore): void {
    this.#store = store;
    this.#trace = new Trace(context);
    this.#own = null;
  }

  /** Takes a step. Its result has null for what it asked where that cannot be asked again. */
  take<O extends object, T>(context: Context, step: Step<O, T>, owner: O, variant: string): Result<T> {
    const trace = this.#trace ?? new Trace(context);
    const own = this.#own ?? { ...context, ...trace.context, findings: noFindings() };
    this.#own = own;
    const value = step(own, owner, variant);
    const found = isEmpty(own.findings) ? NOTHING : this.#found(context, own.findings, trace);
    const asked = trace.take();
    const { store, machine } = context;
    return {
      variant,
      value,
      found: found ?? NOTHING,
      asked: found === null ? null : asked,
      defaults: store.defaults,
      machineVersion: machine.version,
    };
  }

  /** What a step has found; null where some of it does not move with sections. */
  #found({ documents }: Context, findings: Findings, trace: Trace): Found | null {
    this.#own = null;
    const problems = findings.problems.map((problem) => anchored(problem, documents, trace));
    const whole = problems.filter((problem) => problem !== null);
    const { refusal, warnings, unresolvedPlugins } = findings;
    return whole.length < problems.length ? null : { refusal, warnings, unresolvedPlugins, problems: whole };
  }
}

/** Ends a reading before it is whole; what it has found out so far is remembered. */
export class Interrupted extends Error {}

/** Results of one kind of step, by what the step looks at. */
export class Part<T> {
  readonly results = new WeakMap<object, Result<T>>();
}

/** What a step has found, with the places of its problems moving with their sections. */
type Found = Pick<Findings, "refusal" | "warnings" | "unresolvedPlugins"> & {
  readonly problems: readonly AnchoredProblem[];
};

const NOTHING: Found = { refusal: null, warnings: [], unresolvedPlugins: [], problems: [] };

function isEmpty({ refusal, warnings, unresolvedPlugins, problems }: Findings): boolean {
  return refusal === null && warnings.length === 0 && unresolvedPlugins.length === 0 && problems.length === 0;
}

type Result<T> = {
  readonly variant: string;
  readonly value: T;
  readonly found: Found;
  readonly asked: Asked | null;
  readonly defaults: Context["store"]["defaults"];
  machineVersion: number | undefined;
};

/** What can be remembered of an object, which is another one when it has changed; `variant` is whatever else decides. */
export type Step<O extends object, T> = (context: Context, owner: O, variant: string) => T;

/** The result of a step, remembered or taken now. */
export function recall<O extends object, T>(
  context: Context,
  part: Part<T> | undefined,
  owner: O,
  variant: string,
  step: Step<O, T>,
): T {
  const { memo, findings } = context;
  if (part === undefined || memo === null) return step(context, owner, variant);
  const known = part.results.get(owner);
  if (known !== undefined && isStill(known, variant, context)) {
    tell(findings, known.found);
    return known.value;
  }
  if (!memo.mayGoOn()) throw new Interrupted("cannot finish the reading: its time is over");
  const result = memo.take(context, step, owner, variant);
  // Where something in it cannot be remembered, the step is taken each time.
  if (result.asked === null) return step({ ...context, memo: null }, owner, variant);
  part.results.set(owner, result);
  tell(findings, result.found);
  return result.value;
}

function isStill<T>(result: Result<T>, variant: string, context: Context): boolean {
  const { asked } = result;
  if (asked === null || result.variant !== variant || result.defaults !== context.store.defaults)
    return false;
  if (!areStill(asked.answers, context)) return false;
  const { version } = context.machine;
  if (version !== undefined && version === result.machineVersion) return true;
  if (!areStill(asked.machineAnswers, context)) return false;
  result.machineVersion = version;
  return true;
}

/** Most lists are empty. */
function areStill(answers: readonly Answer[], context: Context): boolean {
  return answers.length === 0 || answers.every((answer) => answer(context));
}

/** Adds what a step has found to what was found before, as if the step had found it there. */
function tell(findings: Findings, found: Found): void {
  if (found === NOTHING) return;
  if (findings.refusal === null) findings.warnings.push(...found.warnings);
  findings.refusal ??= found.refusal;
  findings.unresolvedPlugins.push(...found.unresolvedPlugins);
  for (const { problem, identity } of found.problems) {
    if (isNew(findings, problem, identity)) findings.problems.push(problem);
  }
}
