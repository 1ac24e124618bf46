import type { QueuedEvent } from "./pool.ts";

/** An event as a listener reads it: a line of headers, then the payload. `len` counts characters, not bytes, as Supervisor's does. */
export function envelope(event: QueuedEvent, pool: string, identifier: string): string {
  const headers = {
    ver: "3.0",
    server: identifier,
    serial: event.serial,
    pool,
    poolserial: event.poolSerial,
    eventname: event.name,
    len: countCharacters(event.payload),
  };
  const line = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  return `${line.join(" ")}\n${event.payload}`;
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
