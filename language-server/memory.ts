/** Keeps answers for a while, so that a burst of keys asks the disk once. */
export class Memory {
  readonly #maxAgeMs: number;
  readonly #now: () => number;
  #since = Number.NEGATIVE_INFINITY;
  #generation = 0;

  constructor(maxAgeMs: number, now: () => number) {
    this.#maxAgeMs = maxAgeMs;
    this.#now = now;
  }

  /** The same question, asked again only when its answer is old or everything was forgotten. */
  remember<Q, A>(ask: (question: Q) => A): (question: Q) => A {
    const answers = new Map<Q, { readonly answer: A }>();
    let generation = this.#generation;
    return (question) => {
      this.#expire();
      if (generation !== this.#generation) answers.clear();
      generation = this.#generation;
      const known = answers.get(question) ?? { answer: ask(question) };
      answers.set(question, known);
      return known.answer;
    };
  }

  /** Forgets everything: something on disk is known to have changed. */
  forget(): void {
    this.#generation++;
  }

  /** As long as it is the same, nothing was forgotten and nothing has grown old. */
  get generation(): number {
    this.#expire();
    return this.#generation;
  }

  #expire(): void {
    const now = this.#now();
    if (now - this.#since < this.#maxAgeMs) return;
    this.#since = now;
    this.#generation++;
  }
}
