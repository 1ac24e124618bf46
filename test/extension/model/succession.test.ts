import { expect, test } from "vitest";
import { isToBeSucceeded } from "../../../extension/model/succession.ts";
import { SERVER } from "../../daemon/server/web/snapshot.ts";

const ours = { ...SERVER, isForEditor: true, mood: "RUNNING" as const };

test("a daemon of an earlier version is succeeded, one of the same or a later version is not", () => {
  const cases = [
    ["0.1.0", "0.1.1"],
    ["0.9.9", "0.10.0"],
    ["0.1.0", "1.0.0"],
    ["0.1.0", "0.1.0"],
    ["0.2.0", "0.1.9"],
    ["1.0.0", "1.0.0-pre"],
    ["", "0.1.0"],
    ["x.y.z", "0.1.0"],
  ] as const;
  expect(cases.map(([build, bundled]) => isToBeSucceeded({ ...ours, build }, bundled))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("a daemon that somebody started in a terminal, or that is ending, is left alone", () => {
  const earlier = { ...ours, build: "0.0.1" };
  expect(isToBeSucceeded(earlier, "0.1.0")).toBe(true);
  expect(isToBeSucceeded({ ...earlier, isForEditor: false }, "0.1.0")).toBe(false);
  expect(isToBeSucceeded({ ...earlier, mood: "SHUTDOWN" }, "0.1.0")).toBe(false);
});
