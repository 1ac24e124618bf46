import { expect, test } from "vitest";
import { pollDelayMs, reconnectDelayMs, returnDelayMs } from "../../../extension/model/polling.ts";

test("a server that is quiet for ten rounds is asked every five seconds, no longer every second", () => {
  expect([0, 9, 10, 1000].map(pollDelayMs)).toEqual([1000, 1000, 5000, 5000]);
});

test("one that just went away is looked for four times in some three seconds", () => {
  expect([0, 1, 2, 3, 4].map(returnDelayMs)).toEqual([100, 300, 1000, 2000, null]);
});

test("one that stays away is looked for ever less often, and at least once a minute", () => {
  expect([0, 1, 2, 5, 6, 1000].map(reconnectDelayMs)).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
});
