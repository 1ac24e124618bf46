import type { StreamEvent } from "../../protocol/event-stream.ts";

export type Numbered = { readonly id: number; readonly event: StreamEvent };

/** The last events by number, so that a client that comes back gets what it missed instead of everything. */
export class EventJournal {
  readonly #kept: Numbered[] = [];
  readonly #limit: number;
  #lastId: number;

  /** Numbers start at `firstId`: a new daemon must not take an old one's numbers for its own. */
  constructor(limit: number, firstId: number) {
    this.#limit = limit;
    this.#lastId = firstId;
  }

  get lastId(): number {
    return this.#lastId;
  }

  add(event: StreamEvent): Numbered {
    this.#lastId += 1;
    const numbered = { id: this.#lastId, event };
    this.#kept.push(numbered);
    if (this.#kept.length > this.#limit) this.#kept.shift();
    return numbered;
  }

  /** What came after `id`; null if that is not known any more, or never was. */
  after(id: number): readonly Numbered[] | null {
    const first = this.#kept[0]?.id ?? this.#lastId + 1;
    if (id < first - 1 || id > this.#lastId) return null;
    return this.#kept.filter((numbered) => numbered.id > id);
  }
}
