import { expect, test } from "vitest";
import { warmUp } from "../../language-server/warm-up.ts";

test("the warm-up ends with the step at which it is no longer of use", async () => {
  let asked = 0;
  await warmUp(() => ++asked < 4);
  expect(asked).toBe(4);
});

test("others have their turn after each step of the warm-up", async () => {
  let steps = 0;
  let turns = 0;
  let next = setImmediate(function take() {
    turns++;
    next = setImmediate(take);
  });
  await warmUp(() => {
    expect(turns).toBeGreaterThanOrEqual(steps);
    steps++;
    return true;
  });
  clearImmediate(next);
  expect(steps).toBeGreaterThan(10);
});
