import type { Document, Section } from "./document.ts";
import { listedNames } from "./listed.ts";
import { processPattern } from "./process-pattern.ts";
import { kindOf, nameInHeader } from "./schema.ts";
import type { Place } from "./store.ts";

/** Finds where the command of a process is written; null where no section of these files can be its program. */
export function commandPlaces(
  documents: ReadonlyMap<string, Document>,
): (process: { readonly group: string; readonly name: string }) => Place | null {
  const written = programsIn(documents);
  const members = membersIn(documents);
  return ({ group, name }) => {
    const programs = members.get(group) ?? [group];
    const candidates = written.filter(({ program }) => programs.includes(program));
    // What stands last counts.
    const found = candidates.findLast(({ section, program }) =>
      processPattern(section, program, group)(name),
    );
    return found === undefined ? null : placeIn(found);
  };
}

type Written = { readonly file: string; readonly section: Section; readonly program: string };

const PROGRAM_KINDS: ReadonlySet<string | null> = new Set(["program", "fcgi-program", "eventlistener"]);

function programsIn(documents: ReadonlyMap<string, Document>): Written[] {
  return [...documents].flatMap(([file, { sections }]) =>
    sections
      .filter(({ name }) => PROGRAM_KINDS.has(kindOf(name)))
      .map((section) => ({ file, section, program: (nameInHeader(section.name) ?? "").trim() })),
  );
}

/** The programs of each `[group:x]`; the last of one name counts. */
function membersIn(documents: ReadonlyMap<string, Document>): ReadonlyMap<string, readonly string[]> {
  const groups = [...documents.values()]
    .flatMap(({ sections }) => sections)
    .filter(({ name }) => kindOf(name) === "group");
  return new Map(
    groups.map(({ name, entries }) => {
      const programs = entries.findLast(({ key }) => key === "programs")?.value ?? "";
      return [(nameInHeader(name) ?? "").trim(), listedNames(programs).map((member) => member.name)];
    }),
  );
}

function placeIn({ file, section }: Written): Place {
  const command = section.entries.findLast(({ key }) => key === "command");
  if (command !== undefined) {
    return { file, range: { start: command.keyRange.start, end: command.valueRange.end } };
  }
  return { file, range: section.header?.range ?? section.range };
}
