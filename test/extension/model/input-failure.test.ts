import { expect, test } from "vitest";
import { FAULT_CODES, Fault } from "../../../daemon/protocol/faults.ts";
import { inputFailure } from "../../../extension/model/input-failure.ts";

test("who types for a program that is down or has closed its stdin is told so", () => {
  expect(inputFailure("web", new Fault(FAULT_CODES.NOT_RUNNING, "NOT_RUNNING: web"))).toBe(
    "web is not running: nobody reads what you type",
  );
  expect(inputFailure("web", new Fault(FAULT_CODES.NO_FILE, "NO_FILE: web"))).toBe(
    "web has closed its stdin: nobody reads what you type",
  );
  expect(inputFailure("web", new Error("the connection was closed"))).toBe(
    "cannot write to its stdin: the connection was closed",
  );
});
