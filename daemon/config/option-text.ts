import { offsetOfValue } from "./document.ts";
import type { TextRange } from "./problem.ts";
import type { Place, Stored } from "./store.ts";

/** An option's text in force; `stored` tells where it is written. */
export type OptionText = { readonly text: string; readonly stored: Stored };

/** Where a value is written; its key where it is empty. */
export function valuePlace(stored: Stored): Place {
  const { valueRange, keyRange } = stored.entry;
  const range = valueRange.end > valueRange.start ? valueRange : keyRange;
  return { file: stored.file, range };
}

/** The range of a part of a value as written; the whole value where it was changed by an expansion. */
export function partRange(option: OptionText, start: number, end: number): TextRange {
  const { entry } = option.stored;
  if (option.text !== entry.value) return valuePlace(option.stored).range;
  return { start: offsetOfValue(entry, start), end: offsetOfValue(entry, end) };
}
