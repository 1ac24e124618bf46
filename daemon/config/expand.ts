import { type FormatNames, formatText } from "./python/format.ts";
import { repr } from "./python/repr.ts";
import { compareText } from "./python/text.ts";

/** A text with its `%(name)s` filled in, or Supervisor's words for why that fails and the offset of the `%`. */
export type Expanded =
  | { readonly value: string }
  | { readonly error: string; readonly at: number; readonly missing: string | null; readonly detail: string };

/** Fills in the names of a value; `what` names the value in the message. */
export function expand(text: string, names: FormatNames, what: string): Expanded {
  const done = formatText(text, names);
  if ("text" in done) return { value: done.text };
  const intro = `Format string ${repr(text)} for ${repr(what)}`;
  if ("missing" in done) {
    const available = Array.from(names.entries(), ([name]) => name)
      .sort(compareText)
      .join(", ");
    const error = `${intro} contains names (${repr(done.missing)}) which cannot be expanded. Available names: ${available}`;
    return { error, at: done.at, missing: done.missing, detail: "" };
  }
  return {
    error: `${intro} is badly formatted: ${done.error}`,
    at: done.at,
    missing: null,
    detail: done.error,
  };
}
