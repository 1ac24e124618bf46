import { AnchoredRange } from "./anchor.ts";
import type { Section } from "./document.ts";
import { SectionMemory } from "./memo.ts";
import type { Place, Source, Store, Stored, StoredOptions, StoredSection } from "./store.ts";

/**
 * A store that documents are merged into, as Supervisor does while it reads them. What is merged of the same parts as
 * in an earlier store becomes the same object.
 */
export class MergingStore implements Store {
  readonly sections = new Map<string, MergedSection>();
  #earlier: MergingStore | null;
  /** Sections that may turn out to be the same as earlier only once all is merged. */
  readonly #unsettled = new Set<string>();
  readonly #defaultParts: Part[] = [];
  #defaults: ReadonlyMap<string, Stored> | null = null;

  constructor(earlier: MergingStore | null = null) {
    this.#earlier = earlier;
  }

  get defaults(): ReadonlyMap<string, Stored> {
    this.#defaults ??= this.#mergeDefaults();
    return this.#defaults;
  }

  /** Merges a document. */
  add(source: Source): void {
    const { document, fragment } = source;
    if (fragment) this.#add("supervisord", document.preamble, source);
    document.sections.forEach((section) => {
      if (section.name !== "DEFAULT") this.#add(section.name, section, source);
      else this.#addDefaults(section, source.file);
    });
  }

  /**
   * Replaces `%(here)s` in all values, as Supervisor does after reading a file where there is an `[include]`. Values
   * of `[DEFAULT]` become the sections' own by it.
   */
  expandHere(here: string): void {
    const replaced = [...this.defaults].filter(([, { value }]) => value.includes(HERE));
    const inherited = new Map(replaced.map(([key, stored]) => [key, withHere(stored, here)]));
    for (const name of this.sections.keys()) this.#own(name)?.expandHere(here, inherited);
  }

  /** Ends the merging. */
  settle(): void {
    for (const name of this.#unsettled) {
      const section = this.sections.get(name);
      const known = this.#earlier?.sections.get(name);
      if (section !== undefined && known?.isSame(section) === true) this.sections.set(name, known);
    }
    this.#defaults ??= this.#mergeDefaults();
    this.#earlier = null;
  }

  #add(name: string, section: Section, { file, shownAs }: Source): void {
    const known = this.#own(name);
    if (known === undefined) this.sections.set(name, this.#first(name, shownAs, section, file));
    else known.add(new WrittenPart(section, file, null));
  }

  /** Most sections are written in one place, and are as they were. */
  #first(name: string, broughtBy: string | null, section: Section, file: string): MergedSection {
    const known = this.#earlier?.sections.get(name);
    if (known?.isJust(broughtBy, section, file) === true) return known;
    return new MergedSection(name, broughtBy, [new WrittenPart(section, file, null)]);
  }

  /** A section that may be changed: not one of the earlier store. */
  #own(name: string): MergedSection | undefined {
    const section = this.sections.get(name);
    if (section === undefined) return undefined;
    this.#unsettled.add(name);
    if (section !== this.#earlier?.sections.get(name)) return section;
    const copy = section.copy();
    this.sections.set(name, copy);
    return copy;
  }

  #addDefaults(section: Section, file: string): void {
    this.#defaultParts.push(new WrittenPart(section, file, null));
    this.#defaults = null;
  }

  #mergeDefaults(): ReadonlyMap<string, Stored> {
    const before = this.#earlier;
    return before !== null && isSameList(before.#defaultParts, this.#defaultParts)
      ? before.defaults
      : merge(this.#defaultParts);
  }
}

/**
 * A section as it is written in one place, and its options: most sections have no others. `here` replaces `%(here)s` in
 * their values, null leaves that.
 */
class WrittenPart implements StoredOptions {
  readonly section: Section;
  readonly file: string;
  readonly here: string | null;

  constructor(section: Section, file: string, here: string | null) {
    this.section = section;
    this.file = file;
    this.here = here;
  }

  get(key: string): Stored | undefined {
    const { section, file, here } = this;
    const place = section.layout.places.get(key);
    const entry = place === undefined ? undefined : section.entries[place];
    if (entry === undefined) return undefined;
    const stored = { value: entry.value, entry, file };
    return here === null ? stored : withHere(stored, here);
  }

  has(key: string): boolean {
    return this.section.layout.places.has(key);
  }

  keys() {
    return this.section.layout.places.keys();
  }
}

/** Values that a section gets for the keys that it does not have by then. */
type InheritedPart = { readonly inherited: ReadonlyMap<string, Stored> };

type Part = WrittenPart | InheritedPart;

class MergedSection implements StoredSection {
  readonly name: string;
  readonly broughtBy: string | null;
  readonly memory = new SectionMemory();
  readonly #parts: Part[];
  #places: readonly Place[] | null = null;
  #options: StoredOptions | null = null;

  constructor(name: string, broughtBy: string | null, parts: Part[]) {
    this.name = name;
    this.broughtBy = broughtBy;
    this.#parts = parts;
  }

  get options(): StoredOptions {
    this.#options ??= this.#onlyPart ?? merge(this.#parts);
    return this.#options;
  }

  get only(): Section | null {
    return this.#onlyPart?.section ?? null;
  }

  get #onlyPart(): WrittenPart | null {
    const part = this.#parts[0];
    return this.#parts.length === 1 && part instanceof WrittenPart ? part : null;
  }

  get written(): readonly WrittenPart[] {
    const parts: readonly Part[] = this.#parts;
    return parts.every(isWritten) ? parts : parts.filter(isWritten);
  }

  get places(): readonly Place[] {
    this.#places ??= this.written.map(placeOf);
    return this.#places;
  }

  get isOpenedAgain(): boolean {
    return this.#parts.length > 1 && this.places.length > 1;
  }

  copy(): MergedSection {
    return new MergedSection(this.name, this.broughtBy, [...this.#parts]);
  }

  add(part: Part): void {
    this.#parts.push(part);
    this.#places = null;
    this.#options = null;
  }

  expandHere(here: string, inherited: ReadonlyMap<string, Stored>): void {
    for (const [index, part] of this.#parts.entries()) {
      if (part instanceof WrittenPart && part.here === null)
        this.#parts[index] = new WrittenPart(part.section, part.file, here);
    }
    if (inherited.size > 0) this.#parts.push({ inherited });
    this.#options = null;
  }

  isJust(broughtBy: string | null, section: Section, file: string): boolean {
    const own = this.broughtBy === broughtBy ? this.#onlyPart : null;
    return own !== null && own.section === section && own.file === file && own.here === null;
  }

  isSame(other: MergedSection): boolean {
    return this.broughtBy === other.broughtBy && isSameList(this.#parts, other.#parts);
  }
}

const HERE = "%(here)s";

function isWritten(part: Part): part is WrittenPart {
  return part instanceof WrittenPart;
}

function isSameList(parts: readonly Part[], others: readonly Part[]): boolean {
  return (
    parts.length === others.length &&
    parts.every((part, index) => {
      const other = others[index];
      return other !== undefined && isSame(part, other);
    })
  );
}

function isSame(part: Part, other: Part): boolean {
  if (!(part instanceof WrittenPart && other instanceof WrittenPart)) return false;
  return part.section === other.section && part.file === other.file && part.here === other.here;
}

/** The place follows its section when text before it is edited. */
function placeOf({ section, file }: WrittenPart): Place {
  const { anchor, header } = section;
  const { start, end } = header?.range ?? { start: anchor.offset, end: anchor.offset };
  return { file, range: new AnchoredRange(anchor, start - anchor.offset, end - anchor.offset) };
}

function merge(parts: readonly Part[]): Map<string, Stored> {
  const options = new Map<string, Stored>();
  for (const part of parts) {
    if (part instanceof WrittenPart) addEntries(options, part);
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
