import { controlledNames, type NamedPart, namespecAt, namespecsAmong } from "./namespecs.ts";

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
  return [...controlledNames(text), ...listed, ...ownTasks(text)].sort((a, b) => a.start - b.start);
}

/** What follows `supervisorctl` as a string of its own: more strings, or the `args` of the same task. */
const LISTED = /supervisorctl"\s*,\s*(?:"args"\s*:\s*\[)?((?:\s*"[^"\\]*"\s*,?)+)/g;

/** What the tasks of our own type act on. */
function ownTasks(text: string): NamedPart[] {
  return [...text.matchAll(/"type"\s*:\s*"supervisord"/g)].flatMap((type) => {
    const start = openingBefore(text, type.index);
    const end = closingAfter(text, type.index);
    const program = /"program"\s*:\s*"([^"\\$]+)"/.exec(text.slice(start, end));
    if (program === null) return [];
    const [whole, name = ""] = program;
    return namespecAt({ text: name, start: start + program.index + whole.length - 1 - name.length });
  });
}

/** No task is as long: how far its braces are looked for. */
const FARTHEST = 10_000;

/** Where the object that holds a place begins. */
function openingBefore(text: string, from: number): number {
  let depth = 0;
  const first = Math.max(0, from - FARTHEST);
  for (let at = from - 1; at >= first; at--) {
    if (text[at] === "}") depth++;
    if (text[at] === "{" && depth-- === 0) return at;
  }
  return first;
}

/** Where the object that holds a place ends. */
function closingAfter(text: string, from: number): number {
  let depth = 0;
  const last = Math.min(text.length, from + FARTHEST);
  for (let at = from; at < last; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && depth-- === 0) return at;
  }
  return last;
}
