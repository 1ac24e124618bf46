/** Somebody to be told; listeners may come and go while they are told. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Returns how to stop listening. */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
