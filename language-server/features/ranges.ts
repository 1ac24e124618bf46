import type { Range } from "vscode-languageserver";
import { type LineTable, positionAt } from "../../daemon/config/lines.ts";
import type { TextRange } from "../../daemon/config/problem.ts";

/** A range of offsets as the protocol counts it: lines and UTF-16 characters. */
export function rangeOf(lines: LineTable, range: TextRange): Range {
  return { start: positionAt(lines, range.start), end: positionAt(lines, range.end) };
}
