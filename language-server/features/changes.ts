import type { TextRange } from "../../daemon/config/problem.ts";

/** Another text for a range of a text. */
export type Change = TextRange & { readonly newText: string };

/** The same changes in the order of the text, those that touch each other made one. */
export function joined(changes: readonly Change[]): Change[] {
  const result: Change[] = [];
  for (const change of changes.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && change.start <= last.end) {
      result[result.length - 1] = {
        start: last.start,
        end: change.end,
        newText: last.newText + change.newText,
      };
    } else {
      result.push(change);
    }
  }
  return result;
}

/** A text after changes that are in its order and do not overlap. */
export function changed(text: string, changes: readonly Change[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, newText } of changes) {
    parts.push(text.slice(at, start), newText);
    at = end;
  }
  return parts.join("") + text.slice(at);
}
