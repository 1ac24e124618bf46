import type { Location } from "vscode-languageserver";
import { fileNamePattern } from "../../daemon/config/python/fnmatch.ts";
import { kindOf } from "../../daemon/config/schema.ts";
import { occurrenceAt, occurrencesOf } from "./occurrences.ts";
import type { PathMachine } from "./path-names.ts";
import { pathReader } from "./path-names.ts";
import { type Account, leadsOf } from "./paths.ts";
import { placeAt } from "./place.ts";
import { locationOf } from "./references.ts";
import type { Site } from "./site.ts";

/** Where the thing at an offset is defined: places in the configuration, files that may or may not be there, or an account. */
export type Definition = {
  readonly locations: readonly Location[];
  readonly paths: readonly string[];
  readonly account?: Account;
};

/** Finds what the thing at an offset stands for: a section, the line that sets a variable, or files. */
export function definitionAt(site: Site, machine: PathMachine, offset: number): Definition {
  const at = occurrenceAt(site, offset);
  if (at === null) return leadAt(site, machine, offset);
  const definitions = occurrencesOf(site, at.subject).filter(({ role }) => role === "definition");
  return { locations: definitions.flatMap((definition) => locationOf(site, definition)), paths: [] };
}

const NOWHERE: Definition = { locations: [], paths: [] };

function leadAt(site: Site, machine: PathMachine, offset: number): Definition {
  const document = site.documents.get(site.file);
  const place = document === undefined ? null : placeAt(document, offset);
  if (place?.kind !== "value") return NOWHERE;
  const leads = leadsOf(site, machine, place.section, place.entry);
  const lead = leads.find(({ range }) => range.start <= offset && offset <= range.end);
  if (lead === undefined || lead.kind === "url") return NOWHERE;
  if (lead.kind === "account") return { ...NOWHERE, account: lead };
  if (lead.kind === "pattern") return { locations: [], paths: includedBy(site, lead.pattern) };
  const servers = place.entry.key === "serverurl" ? serversAt(site, machine, lead.path) : [];
  return servers.length > 0 ? { locations: servers, paths: [] } : { locations: [], paths: [lead.path] };
}

function includedBy(site: Site, pattern: string): string[] {
  const matching = fileNamePattern(pattern);
  return [...site.documents.keys()].slice(1).filter((path) => matching.test(path));
}

/** The lines that make a supervisor listen at a socket. */
function serversAt(site: Site, machine: PathMachine, socket: string): Location[] {
  const read = pathReader(site, machine);
  return [...site.documents].flatMap(([file, { sections }]) =>
    sections
      .filter(({ name }) => kindOf(name) === "unix_http_server")
      .flatMap((section) => {
        const names = read(file, section);
        const entries = section.entries.filter((entry) => entry.key === "file");
        return entries
          .filter((entry) => names.path(entry.value) === socket)
          .flatMap((entry) => locationOf(site, { file, range: entry.valueRange }));
      }),
  );
}
