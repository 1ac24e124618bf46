import type { DocumentHighlight, LinkedEditingRanges, Location } from "vscode-languageserver";
import { type Occurrence, occurrenceAt, occurrencesOf } from "./occurrences.ts";
import { rangeOf } from "./ranges.ts";
import type { Site } from "./site.ts";

/** Everywhere in the configuration where the thing at an offset is named. */
export function referencesAt(site: Site, offset: number, withDefinition: boolean): Location[] {
  return allAt(site, offset)
    .filter(({ role }) => withDefinition || role === "use")
    .flatMap((occurrence) => locationOf(site, occurrence));
}

/** The places in the asked file itself where the thing at an offset is named. */
export function highlightsAt(site: Site, offset: number): DocumentHighlight[] {
  return allAt(site, offset).flatMap(({ file, role, range }) => {
    const view = file === site.file ? site.find(file) : undefined;
    return view === undefined
      ? []
      : [{ range: rangeOf(view.lines, range), kind: role === "definition" ? WRITE : READ }];
  });
}

/** The places that an editor may change together with the one at an offset; null where another file has one too. */
export function linkedRangesAt(site: Site, offset: number): LinkedEditingRanges | null {
  const view = site.find(site.file);
  const all = allAt(site, offset);
  if (view === undefined || all.length < 2 || all.some(({ file }) => file !== site.file)) return null;
  return { ranges: all.map(({ range }) => rangeOf(view.lines, range)), wordPattern: NAME_PATTERN };
}

/** An occurrence as a place in a file; nothing where the file's text is not known. */
export function locationOf(site: Site, { file, range }: Pick<Occurrence, "file" | "range">): Location[] {
  const view = site.find(file);
  return view === undefined ? [] : [{ uri: view.uri, range: rangeOf(view.lines, range) }];
}

const READ = 2;
const WRITE = 3;

/** What an editor takes for one name while it is typed. */
const NAME_PATTERN = "[^\\s:/,;#%\\[\\]]*";

function allAt(site: Site, offset: number): Occurrence[] {
  const at = occurrenceAt(site, offset);
  return at === null ? [] : occurrencesOf(site, at.subject);
}
