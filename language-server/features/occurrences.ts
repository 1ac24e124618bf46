import type { Section } from "../../daemon/config/document.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { programOccurrences } from "./program-occurrences.ts";
import type { Site } from "./site.ts";
import { variableOccurrences, variableSetters } from "./variable-occurrences.ts";

/** Something that has one name in several places of a configuration. */
export type Subject =
  /** A program, FastCGI program or event listener. */
  | { readonly kind: "program"; readonly name: string }
  | { readonly kind: "group"; readonly name: string }
  /** `setBy` is the section whose `environment` sets it, null where none does. */
  | { readonly kind: "variable"; readonly name: string; readonly setBy: string | null };

/** One place where a subject is defined or used. */
export type Occurrence = {
  readonly subject: Subject;
  readonly role: "definition" | "use";
  readonly file: string;
  /** The header's text of the section that it stands in. */
  readonly section: string;
  readonly range: TextRange;
};

/** What a section names, by itself. */
export type Found = Pick<Occurrence, "subject" | "role" | "range">;

/** What is named at an offset of the asked file, null for nothing that has a name of its own. */
export function occurrenceAt(site: Site, offset: number): Occurrence | null {
  const document = site.documents.get(site.file);
  if (document === undefined) return null;
  const sections = [document.preamble, ...document.sections].filter(
    ({ range }) => range.start <= offset && offset <= range.end,
  );
  const found = occurrencesInSections(site, site.file, sections);
  return found.find(({ range }) => range.start <= offset && offset <= range.end) ?? null;
}

/** Everywhere in the configuration where a subject is named, file by file from top to bottom. */
export function occurrencesOf(site: Site, subject: Subject): Occurrence[] {
  return allOccurrences(site).filter((found) => isSame(found.subject, subject));
}

/** Everything that is named anywhere in the configuration, file by file from top to bottom. */
export function allOccurrences(site: Site): Occurrence[] {
  return [...site.documents].flatMap(([file, document]) =>
    occurrencesInSections(site, file, [document.preamble, ...document.sections]).sort(
      (a, b) => a.range.start - b.range.start,
    ),
  );
}

function occurrencesInSections(site: Site, file: string, sections: readonly Section[]): Occurrence[] {
  const headers = headersOf(site);
  const setters = variableSetters(site.documents.values());
  return sections.flatMap((section) =>
    [...programOccurrences(section, headers), ...variableOccurrences(section, setters)].map((found) => ({
      ...found,
      file,
      section: section.name,
    })),
  );
}

/** The texts of all headers. */
export function headersOf(site: Site): ReadonlySet<string> {
  return new Set(
    [...site.documents.values()].flatMap(({ sections }) => sections.map(({ name }) => name.trim())),
  );
}

/** Whether two names mean the same thing. */
export function isSame(a: Subject, b: Subject): boolean {
  if (a.kind !== b.kind || a.name !== b.name) return false;
  return a.kind !== "variable" || b.kind !== "variable" || a.setBy === b.setBy;
}
