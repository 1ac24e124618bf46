import { expect, test } from "vitest";
import { signatureAt } from "../../../language-server/features/signature.ts";
import { english } from "../../../language-server/l10n/words.ts";
import { withCursor } from "../cursor.ts";

/** Which part is being typed at the mark; null where no help is given. */
function active(lines: string): string | null {
  const { document, offset } = withCursor(`[program:a]\n${lines}`);
  const help = signatureAt(document, offset, english);
  const label = help?.signatures[0]?.parameters?.[help.activeParameter ?? 0]?.label;
  return typeof label === "string" ? label : null;
}

test.each([
  ["environment=¦", "NAME"],
  ["environment=A¦", "NAME"],
  ["environment=A=¦", '"value"'],
  ['environment=A="x, y¦"', '"value"'],
  ['environment=A="x",¦', "NAME"],
  ['environment=A="x",B¦="y"', "NAME"],
  ['environment=\n  A="x",\n  B="y¦"', '"value"'],
])("%s is at %s", (lines, part) => {
  expect(active(lines)).toBe(part);
});

test.each(["command=A=¦", "environ¦ment=A=1", "; environment=A=¦"])("%s has no help", (lines) => {
  expect(active(lines)).toBeNull();
});
