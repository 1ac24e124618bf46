/** Somebody to be told; listeners may come and go while they are told. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Returns how to stop listening. */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the next that is told. */
  next(): Promise<T> {
    return new Promise((resolve) => {
      const stop = this.add((told) => {
        stop();
        resolve(told);
      });
    });
  }

  /** An error of one listener keeps neither the others nor the teller from going on. */
  tell(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        throwLater(error);
      }
    }
  }
}

/** To where errors go that nobody expected. */
function throwLater(error: unknown): void {
  void Promise.reject(error);
}
