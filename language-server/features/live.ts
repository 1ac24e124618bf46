import type { Section } from "../../daemon/config/document.ts";
import { processPattern } from "../../daemon/config/process-pattern.ts";
import { kindOf } from "../../daemon/config/schema.ts";
import type { LiveProcess } from "../requests.ts";
import { headerName } from "./program-occurrences.ts";
import { membership, type Site } from "./site.ts";

/** The processes that a section runs, or that a group holds, among those of its supervisor. */
export type LiveLookup = (section: Section) => readonly LiveProcess[];

/** Finds the processes of a configuration by section. */
export function processLookup<P extends Pick<LiveProcess, "group" | "name">>(
  site: Site,
  processes: readonly P[],
): (section: Section) => readonly P[] {
  if (processes.length === 0) return () => [];
  const byGroup = Map.groupBy(processes, ({ group }) => group);
  return sectionLookup(site, (group) => byGroup.get(group) ?? []);
}

/** The same where the processes of a group are found out when they are asked for. */
export function sectionLookup<P extends { readonly name: string }>(
  site: Site,
  processesOf: (group: string) => readonly P[],
): (section: Section) => readonly P[] {
  let groups: ReturnType<typeof membership> | null = null;
  return (section) => {
    const kind = kindOf(section.name);
    const name = headerName(section)?.name;
    if (name === undefined || kind === null) return [];
    if (kind === "group") return processesOf(name);
    groups ??= membership(site);
    const listed = (kind === "eventlistener" ? undefined : groups.get(name)) ?? [name];
    return listed.flatMap((group) => {
      const fits = processPattern(section, name, group);
      return processesOf(group).filter((process) => fits(process.name));
    });
  };
}
