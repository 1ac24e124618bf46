import { expect, test } from "vitest";
import { shownUsage } from "../../../extension/model/row-fields.ts";

const before = { cpuPercent: 10, memoryBytes: 100 };

test.each([
  [
    "what a program uses first is shown",
    null,
    { cpuPercent: 1, memoryBytes: 7 },
    { cpuPercent: 1, memoryBytes: 7 },
  ],
  ["a little more or less draws no row again", before, { cpuPercent: 14, memoryBytes: 95 }, before],
  [
    "much more of one is shown, and nothing of the other",
    before,
    { cpuPercent: 15, memoryBytes: 104 },
    { cpuPercent: 15, memoryBytes: 100 },
  ],
  ["much less is shown", before, { cpuPercent: 0, memoryBytes: 94 }, { cpuPercent: 0, memoryBytes: 94 }],
])("%s", (_, shown, now, expected) => {
  expect(shownUsage(shown, now)).toEqual(expected);
});
