import type { LogLevel } from "../../config/configuration.ts";
import type { DaemonEvent } from "../events/event.ts";

/** An event on its way to a listener, with its numbers in the daemon and in the pool. */
export type QueuedEvent = DaemonEvent & { readonly serial: number; readonly poolSerial: number };

/** The events that wait for a listener of a pool, the oldest first. */
export type Pool = {
  readonly name: string;
  readonly bufferSize: number;
  readonly nextSerial: number;
  readonly queue: readonly QueuedEvent[];
};

export type LogLine = { readonly level: LogLevel; readonly message: string };
export type PoolStep = { readonly next: Pool; readonly log: readonly LogLine[] };

/** The numbers that Supervisor gives begin at 0 and start over where its Python's largest index ends. */
export function serialAfter(serial: number): number {
  return serial >= Number.MAX_SAFE_INTEGER ? 0 : serial + 1;
}

/** A new event. `subscriptions` counts the types of the pool that include it: like Supervisor, it is queued for each. */
export function acceptEvent(pool: Pool, event: DaemonEvent, serial: number, subscriptions: number): PoolStep {
  const queued = { ...event, serial, poolSerial: pool.nextSerial };
  let next: Pool = { ...pool, nextSerial: serialAfter(pool.nextSerial) };
  const log: LogLine[] = [];
  for (let i = 0; i < subscriptions; i++) {
    if (i > 0) log.push(rebuffering(next, queued));
    const step = put(next, queued, "tail");
    next = step.next;
    log.push(...step.log);
  }
  return { next, log };
}

/** An event comes back first in line: no listener could take it, or the one that had it failed. */
export function returnEvent(pool: Pool, event: QueuedEvent): PoolStep {
  const { next, log } = put(pool, event, "head");
  return { next, log: [rebuffering(pool, event), ...log] };
}

/** A full buffer loses its oldest event. */
function put(pool: Pool, event: QueuedEvent, end: "head" | "tail"): PoolStep {
  const overflows = pool.queue.length >= pool.bufferSize;
  const [oldest] = pool.queue;
  const kept = overflows ? pool.queue.slice(1) : pool.queue;
  const log: LogLine[] =
    overflows && oldest !== undefined
      ? [
          {
            level: "error",
            message: `pool ${pool.name} event buffer overflowed, discarding event ${oldest.serial}`,
          },
        ]
      : [];
  return { next: { ...pool, queue: end === "head" ? [event, ...kept] : [...kept, event] }, log };
}

function rebuffering({ name, queue, bufferSize }: Pool, { serial }: QueuedEvent): LogLine {
  const sizes = `(buf size=${queue.length}, max=${bufferSize})`;
  return { level: "debug", message: `rebuffering event ${serial} for pool ${name} ${sizes}` };
}
