import { type AnchoredProblem, anchored } from "./anchored-problem.ts";
import type { ProgramClaims } from "./checks/checks.ts";
import { DistinctList } from "./checks/distinct.ts";
import type { ProcessSettings } from "./configuration.ts";
import type { Context } from "./context.ts";
import { type Findings, isNew, noFindings } from "./findings.ts";
import type { FoundGroup } from "./groups.ts";
import type { MergingStore } from "./merging-store.ts";
import type { StoredSection } from "./store.ts";
import { type Answer, type MachineAnswers, Trace } from "./trace.ts";

/**
 * What readings of one configuration have found out, section by section, so that the next one reads anew only what
 * has changed. What a step reads of anything but its own section is traced, and asked again before the step's
 * result is taken for still true.
 */
export class Memo {
  /** What the checks of the last reading found to differ. */
  readonly logs = new DistinctList();
  readonly addresses = new DistinctList();
  /** Asked before each step that is taken anew: where it says no, the reading ends there with `Interrupted`. */
  mayGoOn: () => boolean = () => true;
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
  take<T>(context: Context, step: Step<T>, section: StoredSection, variant: string): Result<T> {
    const trace = this.#trace ?? new Trace(context);
    const own = this.#own ?? { ...context, ...trace.context, findings: noFindings() };
    this.#own = own;
    const value = step(own, section, variant);
    const found = isEmpty(own.findings) ? NOTHING : this.#found(context, own.findings, trace);
    const asked = trace.take();
    const { store, machine } = context;
    return {
      variant,
      value,
      found: found ?? NOTHING,
      answers: found === null ? null : (asked?.answers ?? null),
      machineAnswers: asked?.machineAnswers ?? null,
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

/** What readings remember of a section: the result of each kind of step. */
export class SectionMemory {
  group: Result<FoundGroup> | null = null;
  checks: Result<ProgramClaims | null> | null = null;
  processes: Result<ProcessSettings[]> | null = null;
}

/** A kind of step: where its result is remembered. */
export type Kind<T> = {
  readonly remembered: (memory: SectionMemory) => Result<T> | null;
  readonly remember: (memory: SectionMemory, result: Result<T>) => void;
};

export const GROUP: Kind<FoundGroup> = {
  remembered: ({ group }) => group,
  remember: (memory, result) => {
    memory.group = result;
  },
};

export const CHECKS: Kind<ProgramClaims | null> = {
  remembered: ({ checks }) => checks,
  remember: (memory, result) => {
    memory.checks = result;
  },
};

export const PROCESSES: Kind<ProcessSettings[]> = {
  remembered: ({ processes }) => processes,
  remember: (memory, result) => {
    memory.processes = result;
  },
};

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
  /** Null where not all that was asked can be asked again. */
  readonly answers: readonly Answer[] | null;
  readonly machineAnswers: MachineAnswers | null;
  readonly defaults: Context["store"]["defaults"];
  machineVersion: number | undefined;
};

/** What can be remembered of a section, which is another one when it has changed; `variant` is whatever else decides. */
export type Step<T> = (context: Context, section: StoredSection, variant: string) => T;

/** The result of a step, remembered or taken now. */
export function recall<T>(
  context: Context,
  kind: Kind<T>,
  section: StoredSection,
  variant: string,
  step: Step<T>,
): T {
  const { memo, findings } = context;
  if (memo === null) return step(context, section, variant);
  const known = kind.remembered(section.memory);
  if (known !== null && isStill(known, variant, context)) {
    tell(findings, known.found);
    return known.value;
  }
  if (!memo.mayGoOn()) throw new Interrupted("cannot finish the reading: its time is over");
  const result = memo.take(context, step, section, variant);
  // Where something in it cannot be remembered, the step is taken each time.
  if (result.answers === null) return step({ ...context, memo: null }, section, variant);
  kind.remember(section.memory, result);
  tell(findings, result.found);
  return result.value;
}

function isStill<T>(result: Result<T>, variant: string, context: Context): boolean {
  const { answers } = result;
  if (answers === null || result.variant !== variant || result.defaults !== context.store.defaults)
    return false;
  // No function and no iterator: there are thousands of results, with each key.
  for (let index = 0; index < answers.length; index++) if (answers[index]?.(context) !== true) return false;
  const { machine } = context;
  if (machine.version !== undefined && machine.version === result.machineVersion) return true;
  for (let asked = result.machineAnswers; asked !== null; asked = asked.before) {
    if (!asked.isStill(machine)) return false;
  }
  result.machineVersion = machine.version;
  return true;
}

/** Adds what a step has found to what was found before, as if the step had found it there. */
function tell(findings: Findings, found: Found): void {
  if (found === NOTHING) return;
  const { refusal, warnings, unresolvedPlugins } = found;
  if (findings.refusal === null && warnings.length > 0) findings.warnings.push(...warnings);
  findings.refusal ??= refusal;
  if (unresolvedPlugins.length > 0) findings.unresolvedPlugins.push(...unresolvedPlugins);
  for (let index = 0; index < found.problems.length; index++) tellProblem(findings, found.problems[index]);
}

function tellProblem(findings: Findings, found: AnchoredProblem | undefined): void {
  if (found !== undefined && isNew(findings, found.problem, found.identity))
    findings.problems.push(found.problem);
}
