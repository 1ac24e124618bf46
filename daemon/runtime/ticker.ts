import { nextTickAt, type TickPeriod, timeSlice } from "../core/events/ticks.ts";

/** Tells when time slices begin, and sleeps in between; with no periods it does not wake at all. */
export class Ticker {
  readonly #onTick: (period: TickPeriod, when: number) => void;
  /** The slice that was told last, or was there when the period came. */
  #slices = new Map<TickPeriod, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(onTick: (period: TickPeriod, when: number) => void) {
    this.#onTick = onTick;
  }

  set(periods: readonly TickPeriod[]): void {
    const now = Date.now() / 1000;
    this.#slices = new Map(
      periods.map((period) => [period, this.#slices.get(period) ?? timeSlice(period, now)]),
    );
    this.#arm();
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const next = nextTickAt([...this.#slices.keys()], Date.now() / 1000);
    this.#timer =
      next === null ? null : setTimeout(() => this.#fire(), Math.max(0, next * 1000 - Date.now()));
  }

  #fire(): void {
    const now = Date.now() / 1000;
    for (const [period, last] of [...this.#slices]) {
      const slice = timeSlice(period, now);
      if (slice === last) continue;
      this.#slices.set(period, slice);
      this.#onTick(period, slice);
    }
    this.#arm();
  }
}
