import { expect, test } from "vitest";
import {
  msUntilDurationChanges,
  roughDuration,
  shortDuration,
  spokenDuration,
} from "../../../extension/model/duration.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [-5, "0s"],
  [9_999, "9s"],
  [59_999, "59s"],
  [MINUTE, "1m"],
  [HOUR - 1, "59m"],
  [2 * HOUR + 5 * MINUTE, "2h 5m"],
  [3 * 24 * HOUR + 4 * HOUR, "3d 4h"],
])("%i ms is shown as %s", (lengthMs, text) => {
  expect(shortDuration(lengthMs)).toBe(text);
});

test.each([
  [-5, "<1m", "less than a minute"],
  [MINUTE - 1, "<1m", "less than a minute"],
  [MINUTE, "1m+", "over 1 minute"],
  [14 * MINUTE, "5m+", "over 5 minutes"],
  [HOUR - 1, "30m+", "over 30 minutes"],
  [HOUR, "1h+", "over 1 hour"],
  [23.9 * HOUR, "23h+", "over 23 hours"],
  [49 * HOUR, "2d+", "over 2 days"],
])("a row shows %i ms as %s, and says %s", (lengthMs, shown, spoken) => {
  expect([roughDuration(lengthMs), spokenDuration(lengthMs)]).toEqual([shown, spoken]);
});

test.each([0, 1, 999, 59_500, MINUTE, 3 * MINUTE + 1, HOUR - 1, 5 * HOUR, 24 * HOUR - 1, 25 * HOUR + 7])(
  "%i ms reads the same until it is said to change, and then otherwise",
  (lengthMs) => {
    const wait = msUntilDurationChanges(lengthMs);
    for (const words of [roughDuration, spokenDuration]) {
      expect(words(lengthMs + wait - 1)).toBe(words(lengthMs));
      expect(words(lengthMs + wait)).not.toBe(words(lengthMs));
    }
  },
);

test("a row of a program that runs for a day is drawn again for its uptime 28 times", () => {
  let [upMs, draws] = [0, 0];
  for (; upMs < 24 * HOUR; upMs += msUntilDurationChanges(upMs)) draws++;
  expect(draws).toBe(28);
});
