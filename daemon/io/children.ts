import type { Exit } from "../protocol/event-stream.ts";

/** The children of this process by pid, whoever is told of their end: a daemon that starts over keeps them. */
export class Children {
  readonly #told = new Map<number, ((exit: Exit) => unknown) | null>();
  readonly #untold = new Map<number, Exit>();

  /** Whether it is a child that has not ended. */
  has(pid: number): boolean {
    return this.#told.has(pid);
  }

  /** A child has been started; `tell` is called when it ends. */
  add(pid: number, tell: (exit: Exit) => unknown): void {
    this.#told.set(pid, tell);
  }

  /** A child has ended. */
  end(pid: number, exit: Exit): void {
    const tell = this.#told.get(pid);
    this.#told.delete(pid);
    if (tell) tell(exit);
    else this.#untold.set(pid, exit);
  }

  /** Whether it is a child that somebody may claim: one that lives, or whose end nobody was told of. */
  isKnown(pid: number): boolean {
    return this.#told.has(pid) || this.#untold.has(pid);
  }

  /** Nobody is told for now: an end is remembered, also one that was told already and not passed on. */
  release(pid: number, untold: Exit | null): void {
    if (this.#told.has(pid)) this.#told.set(pid, null);
    else if (untold !== null) this.#untold.set(pid, untold);
  }

  /** Somebody else is told from now on, soon if it has ended already; false if it is no child that was released. */
  claim(pid: number, tell: (exit: Exit) => unknown): boolean {
    const exit = this.#untold.get(pid);
    if (exit !== undefined) {
      this.#untold.delete(pid);
      queueMicrotask(() => tell(exit));
      return true;
    }
    if (this.#told.get(pid) !== null) return false;
    this.#told.set(pid, tell);
    return true;
  }
}
