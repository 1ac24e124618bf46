import { expect, test } from "vitest";
import type { DaemonEvent } from "../../../../daemon/core/events/event.ts";
import { envelope } from "../../../../daemon/core/pool/envelope.ts";
import { acceptEvent, type Pool, returnEvent, serialAfter } from "../../../../daemon/core/pool/pool.ts";

const EVENT: DaemonEvent = { name: "REMOTE_COMMUNICATION", payload: "type:a\nbé🎉" };
const EMPTY: Pool = { name: "mail", bufferSize: 2, nextSerial: 0, queue: [] };

const filled = (count: number): Pool => {
  let pool = EMPTY;
  for (let serial = 0; serial < count; serial++) pool = acceptEvent(pool, EVENT, serial, 1).next;
  return pool;
};

test("an event is numbered by the daemon and by the pool", () => {
  const { next } = acceptEvent({ ...EMPTY, nextSerial: 5 }, EVENT, 40, 1);
  expect(next.queue).toEqual([{ ...EVENT, serial: 40, poolSerial: 5 }]);
  expect(next.nextSerial).toBe(6);
});

test("a full buffer loses its oldest event and says so", () => {
  const { next, log } = acceptEvent(filled(2), EVENT, 2, 1);
  expect(next.queue.map(({ serial }) => serial)).toEqual([1, 2]);
  expect(log).toEqual([{ level: "error", message: "pool mail event buffer overflowed, discarding event 0" }]);
});

test("an event that comes back is first in line", () => {
  const pool = filled(2);
  const [first, ...rest] = pool.queue;
  if (first === undefined) throw new Error("the pool is empty");
  const { next, log } = returnEvent({ ...pool, queue: rest }, first);
  expect(next.queue.map(({ serial }) => serial)).toEqual([0, 1]);
  expect(log.map(({ message }) => message)).toEqual([
    "rebuffering event 0 for pool mail (buf size=1, max=2)",
  ]);
});

test("an event that comes back to a full buffer pushes out the oldest", () => {
  const back = { ...EVENT, serial: 0, poolSerial: 0 };
  const { next, log } = returnEvent({ ...filled(3), bufferSize: 2 }, back);
  expect(next.queue.map(({ serial }) => serial)).toEqual([0, 2]);
  expect(log.map(({ level }) => level)).toEqual(["debug", "error"]);
});

test("an event that two types of a pool include is queued twice under one number", () => {
  const { next } = acceptEvent(EMPTY, EVENT, 9, 2);
  expect(next.queue.map(({ serial, poolSerial }) => [serial, poolSerial])).toEqual([
    [9, 0],
    [9, 0],
  ]);
});

test("the envelope counts characters", () => {
  const text = envelope({ ...EVENT, serial: 4, poolSerial: 2 }, "mail", "supervisor");
  expect(text).toBe(
    "ver:3.0 server:supervisor serial:4 pool:mail poolserial:2 eventname:REMOTE_COMMUNICATION len:10\ntype:a\nbé🎉",
  );
});

test("serial numbers start over at their end", () => {
  expect([serialAfter(-1), serialAfter(0), serialAfter(Number.MAX_SAFE_INTEGER)]).toEqual([0, 1, 0]);
});
