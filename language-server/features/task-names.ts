import { controlledNames, type NamedPart, namespecsAmong } from "./namespecs.ts";

/** The programs and groups that an editor's tasks name: in command lines, or one by one in lists of arguments. */
export function taskNames(text: string): NamedPart[] {
  const listed = [...text.matchAll(LISTED)].flatMap((match) => {
    const args = match[1] ?? "";
    const from = match.index + match[0].length - args.length;
    const words = [...args.matchAll(/"([^"\\]*)"/g)].map((word) => ({
      text: word[1] ?? "",
      start: from + word.index + 1,
    }));
    return namespecsAmong(words);
  });
  return [...controlledNames(text), ...listed].sort((a, b) => a.start - b.start);
}

/** What follows `supervisorctl` as a string of its own: more strings, or the `args` of the same task. */
const LISTED = /supervisorctl"\s*,\s*(?:"args"\s*:\s*\[)?((?:\s*"[^"\\]*"\s*,?)+)/g;
