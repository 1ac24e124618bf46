import type { Section } from "./document.ts";

/** A part of a pattern: text that stands as it is, a number, or anything. */
type Part = string | { readonly of: "digits" | "anything" };

/**
 * Tells whether a process can be one of a program in a group, by its name and the program's `process_name`. That may hold
 * anything, so it is no regular expression, which could take for ever.
 */
export function processPattern(section: Section, program: string, group: string): (name: string) => boolean {
  const written = section.entries.findLast(({ key }) => key === "process_name")?.value ?? "%(program_name)s";
  const parts = partsOf(written, program, group);
  return (name) => {
    let ends: readonly boolean[] = [true];
    for (const part of parts) ends = endsAfter(name, part, ends);
    return ends[name.length] ?? false;
  };
}

function partsOf(written: string, program: string, group: string): Part[] {
  return written.split(/(%%|%\(\w+\)[^%A-Za-z]*[a-z])/).map((part): Part => {
    if (part === "%%") return "%";
    const name = /^%\((\w+)\)/.exec(part)?.[1];
    if (name === undefined) return part;
    if (name === "program_name") return program;
    if (name === "group_name") return group;
    return { of: name === "process_num" ? "digits" : "anything" };
  });
}

/** Where in a name a part may end that begins at one of some places; places are marked by their index. */
function endsAfter(name: string, part: Part, starts: readonly boolean[]): readonly boolean[] {
  const ends: boolean[] = [];
  if (typeof part === "string") {
    starts.forEach((isStart, at) => {
      if (isStart && name.startsWith(part, at)) ends[at + part.length] = true;
    });
    return ends;
  }
  let isOpen = false;
  for (let at = 0; at <= name.length; at++) {
    if (part.of === "anything") {
      isOpen ||= starts[at] ?? false;
      if (isOpen) ends[at] = true;
      continue;
    }
    // A number may begin here, or after a minus sign here, and goes on as long as digits follow.
    isOpen = (isOpen && isDigit(name, at - 1)) || (starts[at] ?? false) || isAfterMinus(name, at, starts);
    if (isOpen && isDigit(name, at)) ends[at + 1] = true;
  }
  return ends;
}

function isAfterMinus(name: string, at: number, starts: readonly boolean[]): boolean {
  return name[at - 1] === "-" && (starts[at - 1] ?? false);
}

function isDigit(name: string, at: number): boolean {
  return /^\d$/.test(name[at] ?? "");
}
