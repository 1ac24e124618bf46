import type { Document } from "../../daemon/config/document.ts";
import { listedNames } from "../../daemon/config/listed.ts";
import { kindOf, nameInHeader } from "../../daemon/config/schema.ts";
import type { FindFile } from "./diagnostics.ts";

/** A configuration as navigation sees it: the file that is asked about, and all files it is made of. */
export type Site = {
  /** Path of the file that is asked about. */
  readonly file: string;
  /** Every file by its path, the main one first. */
  readonly documents: ReadonlyMap<string, Document>;
  readonly find: FindFile;
};

/** Path of the file that includes the others. */
export function mainFile(site: Site): string {
  const [main = site.file] = site.documents.keys();
  return main;
}

/** The names of the groups that list a program. */
export function groupsOf(site: Site, program: string): string[] {
  return [...site.documents.values()].flatMap(({ sections }) =>
    sections.flatMap(({ name, entries }) => {
      if (kindOf(name) !== "group") return [];
      const members = entries.findLast(({ key }) => key === "programs");
      const isMember =
        members !== undefined && listedNames(members.value).some((one) => one.name === program);
      return isMember ? [(nameInHeader(name) ?? "").trim()] : [];
    }),
  );
}
