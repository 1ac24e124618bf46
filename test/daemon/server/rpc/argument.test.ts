import { expect, test } from "vitest";
import { argument, groupName, signalName } from "../../../../daemon/server/rpc/argument.ts";
import { pythonText } from "../../../../daemon/server/rpc/python-text.ts";
import type { XmlRpcValue } from "../../../../daemon/xml-rpc/value.ts";

test.each<[XmlRpcValue, number]>([
  [5, 5],
  [-1.9, -1],
  [true, 1],
  ["12", 12],
  [" 1_000 ", 1000],
])("the number of %j is %d, as for Python", (value, number) => {
  expect(argument([value], 0, "int")).toBe(number);
});

test.each<[XmlRpcValue]>([["x"], [""], [null], [[]], [{}]])("%j is no number", (value) => {
  expect(() => argument([value], 0, "int")).toThrow("INCORRECT_PARAMETERS");
});

test("anything is true or false, as for Python", () => {
  const truth = (value: XmlRpcValue) => argument([value], 0, "boolean");
  expect([1, "0", [0], { a: 0 }].map(truth)).toEqual([true, true, true, true]);
  expect([0, "", [], {}, null, false].map(truth)).toEqual([false, false, false, false, false, false]);
});

test("a group of a strange name is not found, and one that cannot be a name is refused", () => {
  expect(() => groupName([true], 0)).toThrow("BAD_NAME: True");
  expect(() => groupName([["a"]], 0)).toThrow("INCORRECT_PARAMETERS");
});

test("a signal may be a number", () => {
  expect([signalName([15], 0), signalName([true], 0), signalName(["HUP"], 0)]).toEqual(["15", "1", "HUP"]);
});

test("values in the texts of faults look as Python shows them", () => {
  expect(pythonText({ a: [1, "it's", null, false] })).toBe(`{'a': [1, "it's", None, False]}`);
  expect(pythonText("plain")).toBe("plain");
});
