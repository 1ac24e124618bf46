import type { Document } from "../../daemon/config/document.ts";
import { kindOf, nameInHeader, type SectionKind } from "../../daemon/config/schema.ts";

/** The names of programs that a group may list, in the order in which they are defined. */
export function programsOf(documents: Iterable<Document>): string[] {
  const names = [...documents].flatMap((document) =>
    document.sections.flatMap((section) => {
      const kind = kindOf(section.name);
      return kind !== null && GROUPABLE.has(kind) ? [nameInHeader(section.name) ?? ""] : [];
    }),
  );
  return [...new Set(names)].map((name) => name.trim()).filter((name) => name !== "");
}

const GROUPABLE: ReadonlySet<SectionKind> = new Set(["program", "fcgi-program"]);
