import type { DocumentHighlight, LinkedEditingRanges, Location } from "vscode-languageserver";
import type { FileView } from "./diagnostics.ts";
import {
  headersOf,
  isSame,
  type Occurrence,
  occurrenceAt,
  occurrencesOf,
  type Subject,
} from "./occurrences.ts";
import { subjectNamed } from "./program-occurrences.ts";
import { rangeOf } from "./ranges.ts";
import type { Site } from "./site.ts";
import { taskNames } from "./task-names.ts";

/** Everywhere in the configuration, and in the tasks of the editor, where the thing at an offset is named. */
export function referencesAt(
  site: Site,
  offset: number,
  withDefinition: boolean,
  tasks: readonly FileView[] = [],
): Location[] {
  const at = occurrenceAt(site, offset);
  if (at === null) return [];
  const inSite = occurrencesOf(site, at.subject)
    .filter(({ role }) => withDefinition || role === "use")
    .flatMap((occurrence) => locationOf(site, occurrence));
  return [...inSite, ...tasks.flatMap((file) => inTasks(site, at.subject, file))];
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

function inTasks(site: Site, subject: Subject, { uri, lines }: FileView): Location[] {
  const headers = headersOf(site);
  return taskNames(lines.text)
    .filter((part) => {
      const named = subjectNamed(part, headers);
      return named !== null && isSame(named, subject);
    })
    .map((part) => ({ uri, range: rangeOf(lines, part) }));
}

function allAt(site: Site, offset: number): Occurrence[] {
  const at = occurrenceAt(site, offset);
  return at === null ? [] : occurrencesOf(site, at.subject);
}
