import type { Document, Entry, Section } from "./document.ts";
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
  readonly options: Map<string, Stored>;
  /** Every header that opens it, in the order read. */
  readonly places: Place[];
  /** The name of the file that brought it, as Supervisor would print it; null for the main file. */
  readonly broughtBy: string | null;
};

/** All sections of a configuration, as Supervisor's parser keeps them. */
export type Store = {
  readonly sections: Map<string, StoredSection>;
  /** `[DEFAULT]`: values for the keys that a section does not have. */
  readonly defaults: Map<string, Stored>;
};

/** A document to merge. `file` is its path; `shownAs` its name in Supervisor's messages, null for the main file. */
export type Source = {
  readonly document: Document;
  readonly file: string;
  readonly shownAs: string | null;
  /** Whether what stands before the first header belongs to `[supervisord]`. */
  readonly fragment: boolean;
};

/** A store without sections. */
export function emptyStore(): Store {
  return { sections: new Map(), defaults: new Map() };
}

/** Merges a document into the store. */
export function addDocument(store: Store, source: Source): void {
  if (source.fragment) addSection(store, source, { ...source.document.preamble, name: "supervisord" });
  for (const section of source.document.sections) addSection(store, source, section);
}

/** The value of an option: the section's own, else that of `[DEFAULT]`; null for none. */
export function storedOption(store: Store, section: StoredSection, name: string): Stored | null {
  return section.options.get(name) ?? store.defaults.get(name) ?? null;
}

/**
 * Replaces `%(here)s` in all values, as Supervisor does after reading a file where there is an `[include]`. Values
 * of `[DEFAULT]` become the sections' own by it.
 */
export function expandHere(store: Store, here: string): void {
  for (const section of store.sections.values()) {
    for (const [key, stored] of [...store.defaults, ...section.options]) {
      if (section.options.has(key) && section.options.get(key) !== stored) continue;
      if (!stored.value.includes(HERE)) continue;
      section.options.set(key, { ...stored, value: stored.value.replaceAll(HERE, () => here) });
    }
  }
}

const HERE = "%(here)s";

function addSection(store: Store, source: Source, section: Section): void {
  const { file } = source;
  const target =
    section.name === "DEFAULT" && section.header !== null
      ? store.defaults
      : sectionOf(store, source, section).options;
  for (const entry of section.entries) target.set(entry.key, { value: entry.value, entry, file });
}

function sectionOf(store: Store, source: Source, section: Section): StoredSection {
  const range = section.header?.range ?? { start: section.range.start, end: section.range.start };
  const place = { file: source.file, range };
  const known = store.sections.get(section.name);
  if (known !== undefined) {
    known.places.push(place);
    return known;
  }
  const added = { name: section.name, options: new Map(), places: [place], broughtBy: source.shownAs };
  store.sections.set(section.name, added);
  return added;
}
