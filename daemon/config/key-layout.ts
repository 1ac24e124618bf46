/**
 * The keys of a section, in their order. Sections of one file that have the same keys share one: what the keys alone
 * decide is found out once for all of them.
 */
export class KeyLayout {
  readonly size: number;
  readonly #before: KeyLayout | null;
  readonly #last: string;
  /** The one with one key more that was asked for last, and others: most have none of these. */
  #next: KeyLayout | null = null;
  #others: Map<string, KeyLayout> | null = null;
  #places: Map<string, number> | null = null;

  private constructor(before: KeyLayout | null, last: string) {
    this.#before = before;
    this.#last = last;
    this.size = before === null ? 0 : before.size + 1;
  }

  /** One without keys, from which others are made. */
  static empty(): KeyLayout {
    return new KeyLayout(null, "");
  }

  /** The key that followed the last time; null before there was any. */
  get likely(): string | null {
    return this.#next === null ? null : this.#next.#last;
  }

  /** The layout with one key more. */
  with(key: string): KeyLayout {
    const next = this.#next;
    if (next !== null && next.#last === key) return next;
    return this.#other(key);
  }

  #other(key: string): KeyLayout {
    const made = this.#others?.get(key) ?? new KeyLayout(this, key);
    if (this.#next !== null) {
      this.#others ??= new Map();
      this.#others.set(this.#next.#last, this.#next);
    }
    this.#next = made;
    return made;
  }

  /** The places of the keys; of a key that is there twice the last one. */
  get places(): ReadonlyMap<string, number> {
    this.#places ??= this.#findPlaces();
    return this.#places;
  }

  /** Whether a key is there twice. */
  get repeats(): boolean {
    return this.places.size < this.size;
  }

  /** The keys, in their order. */
  get keys(): string[] {
    const keys: string[] = [];
    for (let at: KeyLayout = this; at.#before !== null; at = at.#before) keys.push(at.#last);
    return keys.reverse();
  }

  #findPlaces(): Map<string, number> {
    return new Map(this.keys.map((key, place) => [key, place]));
  }
}

/** A question that the keys alone decide, answered once for each layout. */
export function ofKeys<T>(answer: (keys: readonly string[]) => T): (layout: KeyLayout) => T {
  const answers = new WeakMap<KeyLayout, { readonly answer: T }>();
  return (layout) => {
    const known = answers.get(layout);
    if (known !== undefined) return known.answer;
    const found = { answer: answer(layout.keys) };
    answers.set(layout, found);
    return found.answer;
  };
}
