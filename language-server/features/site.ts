import type { Document } from "../../daemon/config/document.ts";
import { listedNames } from "../../daemon/config/listed.ts";
import { nameInHeader } from "../../daemon/config/schema.ts";
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

/** The groups that list each program, by the program's name. */
export function membership(site: Site): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { sections } of site.documents.values()) {
    for (const { name, entries } of sections) {
      if (!name.startsWith("group:")) continue;
      const members = entries.findLast(({ key }) => key === "programs");
      for (const member of listedNames(members?.value ?? "")) {
        groups.set(member.name, [...(groups.get(member.name) ?? []), (nameInHeader(name) ?? "").trim()]);
      }
    }
  }
  return groups;
}
