import type { Document } from "../../daemon/config/document.ts";
import { lineEnd } from "../../daemon/config/lines.ts";
import type { Change } from "./changes.ts";
import { LINE, type LineKinds } from "./formatting-lines.ts";

/** One blank line between sections, at most one elsewhere, none at the start, and a line break at the end. */
export function blankLineChanges(document: Document, kinds: LineKinds): Change[] {
  const starts = sectionStarts(document, kinds);
  const changes: Change[] = [];
  let blanks = 0;
  for (let line = 0; line < kinds.length; line++) {
    if (kinds[line] === LINE.blank) {
      blanks++;
      continue;
    }
    const first = line - blanks;
    const wanted = first === 0 ? 0 : starts.has(line) ? 1 : Math.min(blanks, 1);
    if (blanks > 0 || wanted > 0) changes.push(...blanksBetween(document, first, line, wanted));
    blanks = 0;
  }
  return [...changes, ...endChange(document, kinds.length - blanks)];
}

function blanksBetween(document: Document, first: number, next: number, wanted: number): Change[] {
  const { text, lines } = document;
  const start = lines.starts[first] ?? 0;
  const end = lines.starts[next] ?? text.length;
  const isRight = next - first === wanted && !/[^\r\n]/.test(text.slice(start, end));
  return isRight ? [] : [{ start, end, newText: lineBreakOf(document, first - 1).repeat(wanted) }];
}

function endChange(document: Document, firstBlank: number): Change[] {
  const { text, lines } = document;
  if (firstBlank === 0) return text === "" ? [] : [{ start: 0, end: text.length, newText: "" }];
  const isRight = lines.starts.length === firstBlank + 1 && lines.starts[firstBlank] === text.length;
  if (isRight) return [];
  const start = lineEnd(lines, firstBlank - 1);
  return [{ start, end: text.length, newText: lineBreakOf(document, firstBlank - 1) }];
}

/** How a line ends; where it is the last, how the first does. */
function lineBreakOf({ text, lines }: Document, line: number): string {
  const next = lines.starts[line + 1];
  if (next !== undefined && line >= 0) return text.slice(lineEnd(lines, line), next);
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}

/** The lines before which a blank line belongs: headers, or the comments right above them. */
function sectionStarts({ sections, text, lines }: Document, kinds: LineKinds): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const { header } of sections) {
    if (header === null) continue;
    const { line } = header;
    let top = line;
    while (kinds[top - 1] === LINE.comment) top--;
    const isApart = top === 0 || kinds[top - 1] === LINE.blank;
    starts.add(isApart ? top : belowOptions(text, lines.starts, top, line));
  }
  return starts;
}

const OPTION_COMMENT = /^[ \t]*[;#]+[ \t]*[\w.]+[ \t]*[=:]/;

/** Of comments between two sections, options that are commented out belong to the section above. */
function belowOptions(text: string, starts: readonly number[], top: number, header: number): number {
  for (let line = header; line > top; line--) {
    if (OPTION_COMMENT.test(text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length))) return line;
  }
  return top;
}
