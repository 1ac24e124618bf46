import type { Section } from "./document.ts";
import type { Place, Source, Store, Stored, StoredSection } from "./store.ts";

/** A store that documents are merged into, as Supervisor does while it reads them. */
export class MergingStore implements Store {
  readonly sections = new Map<string, MergedSection>();
  readonly #defaultParts: WrittenPart[] = [];
  #defaults: ReadonlyMap<string, Stored> | null = null;

  get defaults(): ReadonlyMap<string, Stored> {
    this.#defaults ??= merge(this.#defaultParts);
    return this.#defaults;
  }

  /** Merges a document. */
  add(source: Source): void {
    const { document, fragment } = source;
    if (fragment) this.#section(source, "supervisord").add(document.preamble, source.file);
    for (const section of document.sections) {
      if (section.name !== "DEFAULT") this.#section(source, section.name).add(section, source.file);
      else this.#addDefaults(section, source.file);
    }
  }

  /**
   * Replaces `%(here)s` in all values, as Supervisor does after reading a file where there is an `[include]`. Values
   * of `[DEFAULT]` become the sections' own by it.
   */
  expandHere(here: string): void {
    const replaced = [...this.defaults].filter(([, { value }]) => value.includes(HERE));
    const inherited = new Map(replaced.map(([key, stored]) => [key, withHere(stored, here)]));
    for (const section of this.sections.values()) section.expandHere(here, inherited);
  }

  /** Takes the sections of an earlier store that were merged of the same parts, so that they are the same objects. */
  keep(earlier: MergingStore): void {
    for (const [name, section] of this.sections) {
      const known = earlier.sections.get(name);
      if (known?.isSame(section) === true) this.sections.set(name, known);
    }
    const before = earlier.#defaultParts;
    const isSame = before.length === this.#defaultParts.length && before.every(isPartOf(this.#defaultParts));
    if (isSame) this.#defaults = earlier.defaults;
  }

  #section(source: Source, name: string): MergedSection {
    const known = this.sections.get(name);
    if (known !== undefined) return known;
    const added = new MergedSection(name, source.shownAs);
    this.sections.set(name, added);
    return added;
  }

  #addDefaults(section: Section, file: string): void {
    this.#defaultParts.push({ section, file, here: null });
    this.#defaults = null;
  }
}

/** A section as it is written in one place; `here` replaces `%(here)s` in it, null leaves that. */
type WrittenPart = { readonly section: Section; readonly file: string; here: string | null };

/** Values that a section gets for the keys that it does not have by then. */
type InheritedPart = { readonly inherited: ReadonlyMap<string, Stored> };

type Part = WrittenPart | InheritedPart;

class MergedSection implements StoredSection {
  readonly name: string;
  readonly broughtBy: string | null;
  readonly #parts: Part[] = [];
  readonly #places: Place[] = [];
  #options: ReadonlyMap<string, Stored> | null = null;

  constructor(name: string, broughtBy: string | null) {
    this.name = name;
    this.broughtBy = broughtBy;
  }

  get options(): ReadonlyMap<string, Stored> {
    this.#options ??= merge(this.#parts);
    return this.#options;
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  add(section: Section, file: string): void {
    this.#parts.push({ section, file, here: null });
    this.#places.push(placeOf(section, file));
    this.#options = null;
  }

  expandHere(here: string, inherited: ReadonlyMap<string, Stored>): void {
    for (const part of this.#parts) if ("section" in part) part.here ??= here;
    if (inherited.size > 0) this.#parts.push({ inherited });
    this.#options = null;
  }

  isSame(other: MergedSection): boolean {
    if (this.broughtBy !== other.broughtBy || this.#parts.length !== other.#parts.length) return false;
    return this.#parts.every(isPartOf(other.#parts));
  }
}

const HERE = "%(here)s";

function isPartOf(parts: readonly Part[]): (part: Part, index: number) => boolean {
  return (part, index) => {
    const other = parts[index];
    if (other === undefined || !("section" in part) || !("section" in other)) return false;
    return part.section === other.section && part.file === other.file && part.here === other.here;
  };
}

/** The place follows its section when text before it is edited. */
function placeOf(section: Section, file: string): Place {
  return {
    file,
    get range() {
      return section.header?.range ?? { start: section.range.start, end: section.range.start };
    },
  };
}

function merge(parts: readonly Part[]): Map<string, Stored> {
  const options = new Map<string, Stored>();
  for (const part of parts) {
    if ("section" in part) addEntries(options, part);
    else for (const [key, stored] of part.inherited) if (!options.has(key)) options.set(key, stored);
  }
  return options;
}

function addEntries(options: Map<string, Stored>, { section, file, here }: WrittenPart): void {
  for (const entry of section.entries) {
    const stored = { value: entry.value, entry, file };
    options.set(entry.key, here === null ? stored : withHere(stored, here));
  }
}

function withHere(stored: Stored, here: string): Stored {
  if (!stored.value.includes(HERE)) return stored;
  return { ...stored, value: stored.value.replaceAll(HERE, () => here) };
}
