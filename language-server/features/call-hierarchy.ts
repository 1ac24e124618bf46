import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from "vscode-languageserver";
import { type Section, sectionAround } from "../../daemon/config/document.ts";
import { offsetAt } from "../../daemon/config/lines.ts";
import { allOccurrences, type Occurrence, occurrenceAt, occurrencesOf } from "./occurrences.ts";
import { rangeOf } from "./ranges.ts";
import type { Site } from "./site.ts";
import { sectionSymbolKind } from "./symbols.ts";

/** The sections that define the program or group at an offset. */
export function hierarchyAt(site: Site, offset: number): CallHierarchyItem[] {
  const subject = occurrenceAt(site, offset)?.subject;
  if (subject === undefined || subject.kind === "variable") return [];
  return occurrencesOf(site, subject)
    .filter(({ role }) => role === "definition")
    .flatMap((found) => itemOf(site, found) ?? []);
}

/** The groups that hold what a section defines, and the programs whose commands act on it. */
export function incomingCalls(site: Site, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const subject = occurrenceAt(site, endOfName(site, item))?.subject;
  if (subject === undefined) return [];
  const uses = occurrencesOf(site, subject).filter(({ role }) => role === "use");
  return bySection(site, uses).map(([from, inSection]) => ({ from, fromRanges: rangesOf(site, inSection) }));
}

/** The programs that a group holds, and those that a program's command acts on. */
export function outgoingCalls(site: Site, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const section = sectionOf(site, site.file, endOfName(site, item));
  const uses = allOccurrences(site).filter(
    ({ file, role, subject, range }) =>
      file === site.file && role === "use" && subject.kind !== "variable" && isIn(section, range.start),
  );
  const bySubject = Map.groupBy(uses, ({ subject }) => `${subject.kind} ${subject.name}`);
  return [...bySubject.values()].flatMap((named) => {
    const targets = named.slice(0, 1).flatMap(({ range }) => hierarchyAt(site, range.start));
    return targets.map((to) => ({ to, fromRanges: rangesOf(site, named) }));
  });
}

function itemOf(site: Site, { file, range }: Occurrence): CallHierarchyItem | null {
  const view = site.find(file);
  const section = sectionOf(site, file, range.start);
  if (view === undefined || section === null || section.header === null) return null;
  return {
    name: section.name,
    kind: sectionSymbolKind(section),
    uri: view.uri,
    range: rangeOf(view.lines, section.range),
    selectionRange: rangeOf(view.lines, section.header.nameRange),
  };
}

function sectionOf(site: Site, file: string, offset: number): Section | null {
  const document = site.documents.get(file);
  return document === undefined ? null : sectionAround(document, offset);
}

function isIn(section: Section | null, offset: number): boolean {
  return section !== null && section.range.start <= offset && offset < section.range.end;
}

/** Where the name in an item's header ends; the item's file is the one that is asked about. */
function endOfName(site: Site, { selectionRange }: CallHierarchyItem): number {
  const lines = site.documents.get(site.file)?.lines;
  return lines === undefined ? 0 : offsetAt(lines, selectionRange.end);
}

function bySection(
  site: Site,
  uses: readonly Occurrence[],
): readonly (readonly [CallHierarchyItem, readonly Occurrence[]])[] {
  const sections = Map.groupBy(uses, ({ file, range }) => sectionOf(site, file, range.start));
  return [...sections.values()].flatMap((inSection) => {
    const [first] = inSection;
    const item = first === undefined ? null : itemOf(site, first);
    return item === null ? [] : [[item, inSection] as const];
  });
}

function rangesOf(site: Site, occurrences: readonly Occurrence[]) {
  return occurrences.flatMap(({ file, range }) => {
    const view = site.find(file);
    return view === undefined ? [] : [rangeOf(view.lines, range)];
  });
}
