import type { Section } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import { expand } from "../../daemon/config/expand.ts";
import type { Machine } from "../../daemon/config/machine.ts";
import { directoryOf, joinPath, normalPath } from "../../daemon/config/python/paths.ts";
import { headerName } from "./program-occurrences.ts";
import { groupsOf, mainFile, type Site } from "./site.ts";

/** What paths may depend on beyond the configuration itself. */
export type PathMachine = Pick<Machine, "environment" | "hostName" | "homeDirectory">;

/** Turns texts of one section into absolute paths. */
export type PathNames = {
  /** The text with its `%(name)s` filled in as for the first process; null where that fails. */
  readonly fill: (text: string) => string | null;
  /** The absolute path that a text means, seen from `directory` where it is relative. */
  readonly path: (text: string, directory?: string) => string | null;
  /** Where the section's program runs. */
  readonly directory: string;
};

/** How the paths in a section of a file are to be read. */
export function pathNames(site: Site, machine: PathMachine, file: string, section: Section): PathNames {
  const names = namesOf(site, machine, file, section);
  const cwd = directoryOf(mainFile(site));
  const fill = (text: string): string | null => {
    const expanded = expand(text, names, "");
    return "value" in expanded ? expanded.value : null;
  };
  const path = (text: string, directory = cwd): string | null => {
    const filled = fill(text.trim());
    if (filled === null || filled === "") return null;
    const home = /^~(?=\/|$)/.test(filled) ? machine.homeDirectory(null) : null;
    return normalPath(joinPath(directory, home === null ? filled : home + filled.slice(1)));
  };
  const own = section.entries.findLast(({ key }) => key === "directory")?.value;
  return { fill, path, directory: (own === undefined ? null : path(own)) ?? cwd };
}

function namesOf(
  site: Site,
  machine: PathMachine,
  file: string,
  section: Section,
): Map<string, string | bigint> {
  const names = new Map<string, string | bigint>();
  for (const [name, value] of Object.entries(machine.environment)) {
    if (value !== undefined) names.set(`ENV_${name}`, value);
  }
  const program = headerName(section)?.name ?? "";
  names.set("here", directoryOf(file));
  names.set("host_node_name", machine.hostName);
  names.set("program_name", program);
  names.set("group_name", groupsOf(site, program)[0] ?? program);
  names.set("process_num", 0n);
  names.set("numprocs", 1n);
  for (const { key, value } of plainVariables(section)) names.set(`ENV_${key}`, value);
  return names;
}

/** The variables of a section's own whose values hold no expansion. */
function plainVariables(section: Section): { readonly key: string; readonly value: string }[] {
  const environment = section.entries.findLast(({ key }) => key === "environment");
  if (environment === undefined) return [];
  return meantPairs(environment.value)
    .filter(({ value }) => !value.includes("%"))
    .map(({ key, value }) => ({ key, value: value.replace(/^['"]+|['"]+$/g, "") }));
}
