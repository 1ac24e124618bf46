import { type Context, START } from "../context.ts";
import type { Document } from "../document.ts";
import { report } from "../findings.ts";
import { BYTE_ORDER_MARK } from "../python/utf8.ts";
import { AFTER_MARK } from "../source-file.ts";

/** A mark that is in the file, and not in the text that an editor makes of it: there is nothing to be seen of it there. */
export function checkMark({ machine, findings }: Context, document: Document, file: string): void {
  if (machine.look?.(`marked ${file}`) !== true || document.text.startsWith(BYTE_ORDER_MARK)) return;
  report(findings, {
    code: "file.byte-order-mark",
    severity: "error",
    message: AFTER_MARK,
    file,
    range: START,
  });
}
