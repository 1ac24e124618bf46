import { expect, test } from "vitest";
import { PageToken } from "../../../../daemon/server/web/page-token.ts";

test("a token is matched by itself alone, and no two daemons have the same", () => {
  const token = new PageToken();
  expect(token.matches(token.value)).toBe(true);
  for (const other of ["", "x", token.value.slice(1), `${token.value} `, new PageToken().value])
    expect(token.matches(other)).toBe(false);
});

test("a signature holds for its text only, and only where it was made", () => {
  const token = new PageToken();
  const signature = token.sign("Process web started");
  expect(token.signed("Process web started", signature)).toBe(true);
  expect(token.signed("Process web stopped", signature)).toBe(false);
  expect(token.signed("Process web started", "")).toBe(false);
  expect(new PageToken().signed("Process web started", signature)).toBe(false);
});
