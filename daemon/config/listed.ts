import { skipSpace, skipSpaceBack } from "./python/text.ts";

/** One name in a list with commas, with its offsets in the list's text. */
export type ListedName = { readonly name: string; readonly start: number; readonly end: number };

/** The names of a list, without white space around them; an empty text has none. */
export function listedNames(text: string): ListedName[] {
  if (text === "") return [];
  let from = 0;
  return text.split(",").map((part) => {
    const start = skipSpace(text, from, from + part.length);
    const end = skipSpaceBack(text, start, from + part.length);
    from += part.length + 1;
    return { name: text.slice(start, end), start, end };
  });
}
