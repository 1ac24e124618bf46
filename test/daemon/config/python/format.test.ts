import { describe, expect, test } from "vitest";
import { formatText } from "../../../../daemon/config/python/format.ts";

const NAMES = new Map<string, string | bigint>([
  ["x", 1n],
  ["n", 12345n],
  ["s", "ab"],
  ["", "e"],
  ["c", "z"],
  ["o", "¹"],
]);

test.each([
  ["no sign", "no sign"],
  ["100%%", "100%"],
  ["%%%(x)s%%", "%1%"],
  ["%()s", "e"],
  ["%s", "{'x': 1, 'n': 12345, 's': 'ab', '': 'e', 'c': 'z', 'o': '¹'}"],
  ["%a", "{'x': 1, 'n': 12345, 's': 'ab', '': 'e', 'c': 'z', 'o': '\\xb9'}"],
  ["%(s)r", "'ab'"],
  ["%(o)a", "'\\xb9'"],
  ["%(s)5.1s|", "    a|"],
  ["%(s)-5s|", "ab   |"],
  ["%(s)05s", "   ab"],
  ["%(x)05s", "    1"],
  ["%(x)ld", "1"],
  ["%(x)u", "1"],
  ["%(x)-05d|", "1    |"],
  ["%(x)+05d", "+0001"],
  ["%(x) 05d", " 0001"],
  ["%(x)08.3d", "00000001"],
  ["%(x)#05x", "0x001"],
  ["%(x)#.3x", "0x001"],
  ["%(x)#-8x|", "0x1     |"],
  ["%(x)#08X", "0X000001"],
  ["%(x)#o", "0o1"],
  ["%(x)e", "1.000000e+00"],
  ["%(x).0e", "1e+00"],
  ["%(x)#e", "1.000000e+00"],
  ["%(x)010.3e", "01.000e+00"],
  ["%(x)g", "1"],
  ["%(x)#g", "1.00000"],
  ["%(x)08.2f", "00001.00"],
  ["%(x)#.0f", "1."],
  ["%(n).3e", "1.234e+04"],
  ["%(n).3g", "1.23e+04"],
  ["%(x)c", "\x01"],
  ["%(c)-5c|", "z    |"],
])("%j is filled in as %j", (format, text) => {
  expect(formatText(format, NAMES)).toEqual({ text });
});

test.each([
  ["%", "incomplete format"],
  ["%%%", "incomplete format"],
  ["%(x)", "incomplete format"],
  ["%(x).", "incomplete format"],
  ["%(", "incomplete format key"],
  ["%y", "unsupported format character 'y' (0x79) at index 1"],
  ["%é", "unsupported format character '?' (0xe9) at index 1"],
  ["😀%y", "unsupported format character 'y' (0x79) at index 2"],
  ["%(x)%", "unsupported format character '%' (0x25) at index 4"],
  ["%5%", "unsupported format character '%' (0x25) at index 2"],
  ["%(x)hld", "unsupported format character 'l' (0x6c) at index 5"],
  ["%s %s", "not enough arguments for format string"],
  ["%(x)s %s", "not enough arguments for format string"],
  ["%(x)*d", "not enough arguments for format string"],
  ["%(s)*d", "* wants int"],
  ["%*d", "* wants int"],
  ["%d", "%d format: a real number is required, not dict"],
  ["%(s)i", "%i format: a real number is required, not str"],
  ["%(s)x", "%x format: an integer is required, not str"],
  ["%(s)f", "must be real number, not str"],
  ["%(s)c", "%c requires int or char"],
  ["%(x)99999999999999999999d", "width too big"],
  ["%(x).99999999999d", "precision too big"],
])("%j is refused: %s", (format, error) => {
  expect(formatText(format, NAMES)).toMatchObject({ error });
});

describe("a name that is not there", () => {
  test("is told before what is wrong after it", () => {
    expect(formatText("a %(nosuch)", NAMES)).toEqual({ missing: "nosuch", at: 2 });
  });

  test("may hold balanced parentheses", () => {
    expect(formatText("%(a(b)c)s", NAMES)).toEqual({ missing: "a(b)c", at: 0 });
  });
});
