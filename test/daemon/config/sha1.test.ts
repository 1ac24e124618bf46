import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha1 } from "../../../daemon/config/sha1.ts";

test("the digest of any text is that of Node", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 200 }), (text) => {
      expect(sha1(text)).toBe(createHash("sha1").update(text).digest("hex"));
    }),
  );
});
