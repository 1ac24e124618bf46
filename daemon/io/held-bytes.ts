/** What all that is held in this process may take. */
const MOST_BY_ALL = 64 * 1024 * 1024;
let heldByAll = 0;

/** Bytes that wait in memory, as many as there is room for. */
export class HeldBytes {
  readonly #most: number;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** All of them, in order; only valid until the next call. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Takes a copy of as much as there is room for; returns how much that was. */
  push(data: Buffer): number {
    const room = Math.min(this.#most - this.#length, MOST_BY_ALL - heldByAll);
    const kept = Math.max(0, Math.min(room, data.length));
    this.#grow(this.#length + kept);
    data.copy(this.#buffer, this.#length, 0, kept);
    this.#length += kept;
    heldByAll += kept;
    return kept;
  }

  /** Forgets the first ones. */
  drop(count: number): void {
    this.#buffer.copyWithin(0, count, this.#length);
    this.#length -= count;
    heldByAll -= count;
    if (this.#length === 0) this.#buffer = Buffer.alloc(0);
  }

  #grow(needed: number): void {
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.alloc(Math.min(this.#most, Math.max(needed, 2 * this.#buffer.length)));
    this.bytes.copy(larger);
    this.#buffer = larger;
  }
}
