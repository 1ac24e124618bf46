import { expect, test } from "vitest";
import { parseInteger } from "../../../../daemon/config/python/integer.ts";

test.each<[string, bigint]>([
  ["1", 1n],
  [" 1 ", 1n],
  ["1\n", 1n],
  ["\u20031", 1n],
  ["\x851", 1n],
  ["+1", 1n],
  ["-0", 0n],
  ["007", 7n],
  ["1_0", 10n],
  ["１２", 12n],
  ["٣", 3n],
  ["𝟡𝟘", 90n],
  ["123456789012345678901234567890", 123456789012345678901234567890n],
])("%j is the number %s", (text, value) => {
  expect(parseInteger(text, 10)).toBe(value);
});

test.each(["", "-", "+ 1", "_1", "1_", "1__0", "1e3", "0x1", "1.5", "²", "1\0", "\x1c1"])(
  "%j is no number",
  (text) => {
    expect(parseInteger(text, 10)).toMatchObject({
      error: expect.stringContaining("invalid literal for int() with base 10: "),
    });
  },
);

test("more than 4300 digits are refused, save in base 8", () => {
  expect(parseInteger("1".repeat(4301), 10)).toMatchObject({
    error: expect.stringContaining("value has 4301 digits"),
  });
  expect(typeof parseInteger("1".repeat(4301), 8)).toBe("bigint");
});

test("a long text is quoted in part", () => {
  expect(parseInteger("x".repeat(300), 10)).toEqual({
    error: `invalid literal for int() with base 10: '${"x".repeat(199)}`,
  });
});

test.each<[string, bigint]>([
  ["022", 18n],
  ["0o7", 7n],
  ["0O_7", 7n],
  ["0_7", 7n],
  ["-7", -7n],
  [" 7 ", 7n],
  ["0o７", 7n],
])("%j is the octal number %s", (text, value) => {
  expect(parseInteger(text, 8)).toBe(value);
});

test.each(["", "08", "0o", "o7", "7_", "_7", "0o-7", "0x7", "0b1"])("%j is no octal number", (text) => {
  expect(parseInteger(text, 8)).toHaveProperty("error");
});
