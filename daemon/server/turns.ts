/**
 * Lets what waits go one after another, each in a round of the event loop of its own: however many clients ask at once,
 * processes are looked after in between.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the caller's turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(this.#advance);
    });
  }

  readonly #advance = () => {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(this.#advance);
  };
}
