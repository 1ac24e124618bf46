import { expect, test } from "vitest";
import { msUntilDurationChanges, shortDuration, spokenDuration } from "../../../extension/model/duration.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [-5, "0s"],
  [9_999, "9s"],
  [59_999, "50s"],
  [MINUTE, "1m"],
  [HOUR - 1, "59m"],
  [2 * HOUR + 5 * MINUTE, "2h 5m"],
  [3 * 24 * HOUR + 4 * HOUR, "3d 4h"],
])("%i ms is shown as %s", (lengthMs, text) => {
  expect(shortDuration(lengthMs)).toBe(text);
});

test.each([
  [0, "less than a minute"],
  [MINUTE, "1 minute"],
  [3 * MINUTE, "3 minutes"],
  [HOUR, "1 hour"],
  [48 * HOUR, "2 days"],
])("%i ms is read out as %s", (lengthMs, text) => {
  expect(spokenDuration(lengthMs)).toBe(text);
});

test.each([0, 1, 999, 9_900, 10_000, 59_500, MINUTE, 3 * MINUTE + 1, HOUR - 1, 5 * HOUR, 25 * HOUR + 7])(
  "%i ms reads the same until it is said to change, and then otherwise",
  (lengthMs) => {
    const wait = msUntilDurationChanges(lengthMs);
    expect(shortDuration(lengthMs + wait - 1)).toBe(shortDuration(lengthMs));
    expect(shortDuration(lengthMs + wait)).not.toBe(shortDuration(lengthMs));
  },
);
