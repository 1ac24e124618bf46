import type { Section } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import { expand } from "../../daemon/config/expand.ts";
import type { Machine } from "../../daemon/config/machine.ts";
import { type FormatNames, layered } from "../../daemon/config/python/format.ts";
import { directoryOf, joinPath, normalPath } from "../../daemon/config/python/paths.ts";
import { headerName } from "./program-occurrences.ts";
import { mainFile, membership, type Site } from "./site.ts";

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

/** Tells for any section of a configuration how its paths are to be read. */
export function pathReader(site: Site, machine: PathMachine): (file: string, section: Section) => PathNames {
  const environment = environmentNames(machine);
  const groups = membership(site);
  return (file, section) => {
    const program = headerName(section)?.name ?? "";
    const own = ownNames(section, program, groups.get(program)?.[0] ?? program);
    own.set("here", directoryOf(file));
    return pathNames(site, machine, section, layered(environment, own));
  };
}

function pathNames(site: Site, machine: PathMachine, section: Section, names: FormatNames): PathNames {
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

function environmentNames(machine: PathMachine): Map<string, string> {
  const names = new Map([["host_node_name", machine.hostName]]);
  for (const [name, value] of Object.entries(machine.environment)) {
    if (value !== undefined) names.set(`ENV_${name}`, value);
  }
  return names;
}

function ownNames(section: Section, program: string, group: string): Map<string, string | bigint> {
  const names = new Map<string, string | bigint>([
    ["program_name", program],
    ["group_name", group],
    ["process_num", 0n],
    ["numprocs", 1n],
  ]);
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
