import { type DaemonEvent, type EventName, includesEvent } from "../core/events/event.ts";
import { tickEvent } from "../core/events/payloads.ts";
import { TICK_PERIODS } from "../core/events/ticks.ts";
import { serialAfter } from "../core/pool/pool.ts";
import { Ticker } from "./ticker.ts";

/** Somebody who asked for events of some types. */
export type Subscriber = {
  readonly types: readonly string[];
  /** `subscriptions` counts the types that include the event. */
  readonly accept: (event: DaemonEvent, serial: number, subscriptions: number) => void;
};

/** Passes what happens on to the pools that asked for it. */
export class EventBus {
  /** As Supervisor's, numbers go on when the daemon starts over. */
  static #lastSerial = -1;
  readonly #subscribers = new Set<Subscriber>();
  readonly #ticker = new Ticker((period, when) => this.notify(tickEvent(period, when)));

  /** Whether anybody asked for it: what nobody wants need not be made. */
  wants(name: EventName): boolean {
    return [...this.#subscribers].some(({ types }) => types.some((type) => includesEvent(type, name)));
  }

  notify(event: DaemonEvent): void {
    let serial: number | null = null;
    for (const { types, accept } of this.#subscribers) {
      const subscriptions = types.filter((type) => includesEvent(type, event.name)).length;
      if (subscriptions === 0) continue;
      serial ??= EventBus.#takeSerial();
      accept(event, serial, subscriptions);
    }
  }

  /** Returns how to unsubscribe. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    this.#setTicks();
    return () => {
      this.#subscribers.delete(subscriber);
      this.#setTicks();
    };
  }

  close(): void {
    this.#subscribers.clear();
    this.#setTicks();
  }

  static #takeSerial(): number {
    EventBus.#lastSerial = serialAfter(EventBus.#lastSerial);
    return EventBus.#lastSerial;
  }

  #setTicks(): void {
    this.#ticker.set(TICK_PERIODS.filter((period) => this.wants(`TICK_${period}`)));
  }
}
