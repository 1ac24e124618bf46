import type { Document } from "./document.ts";
import type { Dialect } from "./environment.ts";
import type { Findings } from "./findings.ts";
import type { Machine } from "./machine.ts";
import type { Memo } from "./memo.ts";
import type { TextRange } from "./problem.ts";
import type { FormatNames } from "./python/format.ts";
import type { Place, Store, StoredSection } from "./store.ts";
import type { Trace } from "./trace.ts";

/** What every step of one reading shares. */
export type Context = {
  /** The configuration's path as it was given, for Supervisor's messages. */
  readonly shownFile: string;
  /** Its absolute path. */
  readonly file: string;
  /** Its directory, the value of `%(here)s`. */
  readonly here: string;
  readonly machine: Machine;
  readonly lenient: boolean;
  readonly dialect: Dialect;
  readonly store: Store;
  /** The files read so far, by absolute path. */
  readonly documents: Map<string, Document>;
  readonly findings: Findings;
  /** What values may name wherever nothing else is known: `here`. */
  readonly hereNames: FormatNames;
  /** `ENV_x` for the process environment and, once it is read, for that of `[supervisord]`. */
  readonly environmentNames: Pick<ReadonlyMap<string, string | bigint>, "get" | "has" | "entries">;
  /** What earlier readings found out; null where there were none, and within a step that is remembered as a whole. */
  readonly memo: Memo | null;
  /** Writes down what is asked of this context; null where nobody wants to know. */
  readonly trace: Trace | null;
};

/** One section being read: the names its values may use, and how Supervisor words a refusal there. */
export type Scope = {
  readonly context: Context;
  readonly section: StoredSection;
  readonly names: FormatNames;
  readonly wrap: (message: string) => string;
};

/** A scope whose refusals Supervisor words without naming the section. */
export function scopeOf(context: Context, section: StoredSection, names: FormatNames = new Map()): Scope {
  return { context, section, names, wrap: (message) => message };
}

/** Where a section is opened first. */
export function headerPlace(context: Context, section: StoredSection): Place {
  return section.places[0] ?? { file: context.file, range: START };
}

/** The very start of a file, for what concerns it as a whole. */
export const START: TextRange = { start: 0, end: 0 };
