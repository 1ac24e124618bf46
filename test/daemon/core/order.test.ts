import { expect, test } from "vitest";
import { startOrder, stopOrder } from "../../../daemon/core/order.ts";

const items = [
  { name: "b", priority: 999 },
  { name: "late", priority: 1000 },
  { name: "a", priority: 999 },
  { name: "first", priority: -1 },
];

test("low priorities start first, equals stay as they stand", () => {
  expect(startOrder(items).map(({ name }) => name)).toEqual(["first", "b", "a", "late"]);
});

test("what started last stops first", () => {
  expect(stopOrder(items).map(({ name }) => name)).toEqual(["late", "a", "b", "first"]);
});
