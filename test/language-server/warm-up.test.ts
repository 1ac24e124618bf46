import { expect, test } from "vitest";
import { warmUp } from "../../language-server/warm-up.ts";

test("the warm-up ends with the step at which it is no longer of use", async () => {
  let asked = 0;
  let warmer = 0;
  await warmUp(
    () => ++asked < 4,
    () => warmer++,
  );
  expect([asked, warmer]).toEqual([4, 3]);
});

test("others have their turn after each step of the warm-up", async () => {
  let steps = 0;
  let turns = 0;
  let next = setImmediate(function take() {
    turns++;
    next = setImmediate(take);
  });
  const isOfUse = () => {
    expect(turns).toBeGreaterThanOrEqual(steps);
    steps++;
    return true;
  };
  await warmUp(isOfUse, () => {});
  clearImmediate(next);
  expect(steps).toBeGreaterThan(10);
});
