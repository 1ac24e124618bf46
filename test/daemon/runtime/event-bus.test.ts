import { expect, onTestFinished, test } from "vitest";
import { remoteEvent } from "../../../daemon/core/events/payloads.ts";
import { EventBus } from "../../../daemon/runtime/event-bus.ts";

/** A bus, and what its subscribers were told: type, serial number and count of subscriptions. */
function busWith(...pools: readonly (readonly string[])[]) {
  const bus = new EventBus();
  const told: [pool: number, serial: number, subscriptions: number][] = [];
  const stops = pools.map((types, pool) =>
    bus.subscribe({ types, accept: (_, serial, subscriptions) => told.push([pool, serial, subscriptions]) }),
  );
  onTestFinished(() => bus.close());
  return { bus, told, stops };
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("an event has one number for all who ask for it, and none where nobody does", () => {
  const { bus, told } = busWith(["EVENT"], ["TICK"], ["REMOTE_COMMUNICATION", "EVENT"]);
  bus.notify(remoteEvent("a", ""));
  const [[, first] = [0, 0]] = told;
  expect(told).toEqual([
    [0, first, 1],
    [2, first, 2],
  ]);
  const { bus: other } = busWith(["PROCESS_LOG"]);
  other.notify(remoteEvent("b", ""));
  bus.notify(remoteEvent("c", ""));
  expect(told[2]).toEqual([0, first + 1, 1]);
});

test("who unsubscribes is told nothing more", () => {
  const { bus, told, stops } = busWith(["EVENT"]);
  for (const stop of stops) stop();
  bus.notify(remoteEvent("a", ""));
  expect(told).toEqual([]);
  expect(bus.wants("REMOTE_COMMUNICATION")).toBe(false);
});

test("no timer runs unless somebody asks for ticks", () => {
  const before = timers();
  const { stops } = busWith(["PROCESS_STATE", "REMOTE_COMMUNICATION"]);
  expect(timers()).toBe(before);
  const ticking = busWith(["TICK_3600"], ["EVENT"]);
  expect(timers()).toBe(before + 1);
  for (const stop of [...ticking.stops, ...stops]) stop();
  expect(timers()).toBe(before);
});
