import { expect, test } from "vitest";
import { problemOfLent, withLent } from "../../../daemon/core/lent-variables.ts";

test("a lent variable may go on what stood in its place, which may be nothing", () => {
  const lent = { NODE_OPTIONS: "%(ENV_NODE_OPTIONS)s --inspect", B: "100%" };
  expect(withLent({ NODE_OPTIONS: "--trace-warnings", A: "1" }, lent)).toEqual({
    A: "1",
    NODE_OPTIONS: "--trace-warnings --inspect",
    B: "100%",
  });
  expect(withLent({}, lent)).toEqual({ NODE_OPTIONS: "--inspect", B: "100%" });
});

test.each<[Record<string, unknown>, string | null]>([
  [{ PORT: "3000", _x1: "" }, null],
  [{ "": "x" }, '"" is no name of a variable'],
  [{ "A=B": "x" }, '"A=B" is no name of a variable'],
  [{ SUPERVISOR_ENABLED: "0" }, "SUPERVISOR_ENABLED is set by the daemon itself"],
  [{ A: 1 }, "the value of A is no text"],
  [{ A: "a\0b" }, "the value of A cannot be a variable's"],
])("%j can be lent, or why not", (variables, problem) => {
  expect(problemOfLent(variables)).toBe(problem);
});
