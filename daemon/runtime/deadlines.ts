/** One timer for many deadlines: set on the nearest, so that an idle daemon never wakes. Times are monotonic milliseconds. */
export class Deadlines<K> {
  readonly #due = new Map<K, number>();
  readonly #onDue: (key: K) => void;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(onDue: (key: K) => void) {
    this.#onDue = onDue;
  }

  /** Sets the deadline of `key`, or forgets it for null. */
  set(key: K, at: number | null): void {
    if (at === null) this.#due.delete(key);
    else this.#due.set(key, at);
    const next = at ?? Number.POSITIVE_INFINITY;
    // A timer that fires early does no harm: it finds nothing due and is set anew.
    if (next < this.#timerAt) this.#arm(next);
  }

  clear(): void {
    this.#due.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #arm(at: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timerAt = at;
    const wait = at - performance.now();
    // What is due already comes after what is being done, but before anything that is read or accepted.
    if (wait <= 0) queueMicrotask(() => this.#fire());
    else this.#timer = setTimeout(() => this.#onTimer(), Math.min(wait, MAX_TIMEOUT_MS));
  }

  /** After a sleep of the whole process, what happened meanwhile is heard first: a program that ended is not killed for being late. */
  #onTimer(): void {
    const late = performance.now() - this.#timerAt;
    if (late < ASLEEP_MS) this.#fire();
    else setImmediate(() => this.#fire());
  }

  #fire(): void {
    this.#timer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    const due = [...this.#due].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b);
    for (const [key] of due) this.#due.delete(key);
    for (const [key] of due) this.#onDue(key);
    const next = Math.min(...this.#due.values());
    if (next < this.#timerAt) this.#arm(next);
  }
}

/** No work of the daemon takes this long: a timer that is so late was held up by a stop of the process. */
const ASLEEP_MS = 500;

/** setTimeout holds no more than 31 bits. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
