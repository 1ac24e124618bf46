import type { Document, Entry, Section } from "./document.ts";
import type { SectionMemory } from "./memo.ts";
import type { TextRange } from "./problem.ts";

/** A value in force: what Supervisor holds for a key, and where it is written. */
export type Stored = {
  /** The entry's value; `%(here)s` is replaced in it where the configuration includes files. */
  readonly value: string;
  readonly entry: Entry;
  readonly file: string;
};

/** Where something stands. */
export type Place = { readonly file: string; readonly range: TextRange };

/** A section after merging: all sections of one name are one, and the last value of a key wins. */
export type StoredSection = {
  readonly name: string;
  readonly options: StoredOptions;
  /** Where it is written in one place, and has no values from elsewhere: what stands there. */
  readonly only: Section | null;
  /** What is merged into it, in the order read. */
  readonly written: readonly { readonly section: Section; readonly file: string }[];
  /** Every header that opens it, in the order read. */
  readonly places: readonly Place[];
  /** What readings remember of it. */
  readonly memory: SectionMemory;
  /** Whether more than one header opens it. */
  readonly isOpenedAgain: boolean;
  /** The name of the file that brought it, as Supervisor would print it; null for the main file. */
  readonly broughtBy: string | null;
};

/** Options by key; what `get` returns is made anew for each call. */
export type StoredOptions = Pick<ReadonlyMap<string, Stored>, "get" | "has" | "keys">;

/** All sections of a configuration, as Supervisor's parser keeps them. */
export type Store = {
  readonly sections: StoredSections;
  /** `[DEFAULT]`: values for the keys that a section does not have. */
  readonly defaults: ReadonlyMap<string, Stored>;
};

/** The sections by name, in the order in which they were first opened. */
export type StoredSections = Pick<
  ReadonlyMap<string, StoredSection>,
  "get" | "has" | "keys" | "values" | "forEach"
>;

/** A document to merge. `file` is its path; `shownAs` its name in Supervisor's messages, null for the main file. */
export type Source = {
  readonly document: Document;
  readonly file: string;
  readonly shownAs: string | null;
  /** Whether what stands before the first header belongs to `[supervisord]`. */
  readonly fragment: boolean;
};

/** The value of an option: the section's own, else that of `[DEFAULT]`; null for none. */
export function storedOption(store: Store, section: StoredSection, name: string): Stored | null {
  const own = section.options.get(name);
  if (own !== undefined) return own;
  const { defaults } = store;
  return defaults.size === 0 ? null : (defaults.get(name) ?? null);
}
