import type { Document, Section } from "../../daemon/config/document.ts";
import { fileNamePattern, hasMagic } from "../../daemon/config/python/fnmatch.ts";
import { directoryOf, joinPath } from "../../daemon/config/python/paths.ts";
import { say } from "../../daemon/config/say.ts";
import { kindOf, type SectionKind } from "../../daemon/config/schema.ts";
import type { Change } from "./changes.ts";
import { leadsOf } from "./paths.ts";
import { headerName } from "./program-occurrences.ts";
import type { Refactoring, RefactorSource } from "./refactorings.ts";
import { entryOf, lineBreakOf, sectionBlock } from "./section-edits.ts";
import { mainFile, type Site } from "./site.ts";

/** Moves a section of the main file to a file of its own, which is included. */
export function moveToOwnFile(source: RefactorSource, section: Section): Refactoring | null {
  const { site, document, exists } = source;
  const name = headerName(section)?.name ?? "";
  if (site.file !== mainFile(site) || !isMovable(site, section) || !/^[\w.-]+$/.test(name)) return null;
  const home = homeFor(source, name);
  if (home === null || exists(home.path)) return null;
  const up = upFrom(directoryOf(home.path), directoryOf(site.file));
  const block = sectionBlock(document, section);
  const text = document.text.slice(block.start, block.end);
  if (up === null && text.includes(HERE)) return null;
  const changes: Change[] = [{ ...block, newText: "" }, ...home.include];
  return {
    title: say`Move [${section.name}] to ${shortPath(site, home.path)}`,
    kind: "refactor.extract",
    changes: [{ file: site.file, changes: changes.toSorted((a, b) => a.start - b.start) }],
    creates: { path: home.path, text: `${withHere(text, up ?? "").trimEnd()}${lineBreakOf(document)}` },
  };
}

/** Moves a section of an included file to the main file. */
export function moveBack({ site, document }: RefactorSource, section: Section): Refactoring | null {
  const file = mainFile(site);
  const main = site.documents.get(file);
  if (main === undefined || site.file === file || !isMovable(site, section)) return null;
  const down = upFrom(directoryOf(site.file), directoryOf(file));
  const block = sectionBlock(document, section);
  const text = document.text.slice(block.start, block.end);
  if (down === null && text.includes(HERE)) return null;
  const rest = document.text.slice(0, block.start) + document.text.slice(block.end);
  const added = insertion(main, backHere(text, down ?? "", directoryOf(site.file), directoryOf(file)));
  const inMain = { file, changes: [added] };
  const title = say`Move [${section.name}] to ${shortPath(site, file)}`;
  if (rest.trim() === "") {
    return { title, kind: "refactor.inline", changes: [inMain], deletes: site.file };
  }
  const here = { file: site.file, changes: [{ ...block, newText: "" }] };
  return { title, kind: "refactor.inline", changes: [inMain, here] };
}

const MOVABLE: ReadonlySet<SectionKind> = new Set(["program", "fcgi-program", "eventlistener", "group"]);

/** Sections of one name are merged in the order of the files, so that one of several has to stay. */
function isMovable(site: Site, section: Section): boolean {
  const kind = kindOf(section.name);
  if (kind === null || !MOVABLE.has(kind) || section.broken.length > 0) return false;
  const named = [...site.documents.values()].flatMap(({ sections }) =>
    sections.filter(({ name }) => name === section.name),
  );
  return named.length === 1;
}

/** Where a section's own file belongs, and what makes it be included. */
type Home = { readonly path: string; readonly include: readonly Change[] };

const USUAL_FOLDER = "conf.d";

/** A folder that is included already is taken first. */
function homeFor(source: RefactorSource, name: string): Home | null {
  const { site, document, machine, glob } = source;
  const include = document.sections.find((section) => kindOf(section.name) === "include");
  const files = include === undefined ? undefined : entryOf(include, "files");
  const leads = include === undefined || files === undefined ? [] : leadsOf(site, machine, include, files);
  for (const lead of leads) {
    const folder = lead.kind === "pattern" ? /^(.*)\/\*(\.\w+)$/.exec(lead.pattern) : null;
    if (folder !== null && !hasMagic(folder[1] ?? "")) {
      return { path: `${folder[1]}/${name}${folder[2]}`, include: [] };
    }
  }
  const relative = `${USUAL_FOLDER}/${name}.conf`;
  const path = joinPath(directoryOf(site.file), relative);
  if (leads.some((lead) => lead.kind === "pattern" && fileNamePattern(lead.pattern).test(path))) {
    return { path, include: [] };
  }
  // A pattern would bring in what others have put there.
  const isEmpty = glob(joinPath(directoryOf(site.file), `${USUAL_FOLDER}/*.conf`)).length === 0;
  const pattern = isEmpty ? `${USUAL_FOLDER}/*.conf` : relative;
  if (include === undefined) return { path, include: [included(document, pattern)] };
  if (files === undefined) return null;
  const at = files.valueRange.end;
  return { path, include: [{ start: at, end: at, newText: files.value === "" ? pattern : ` ${pattern}` }] };
}

function included(document: Document, pattern: string): Change {
  const lineBreak = lineBreakOf(document);
  const { text } = document;
  const end = text.length;
  const gap = /[\r\n]$/.test(text) ? lineBreak : lineBreak.repeat(2);
  return { start: end, end, newText: `${gap}[include]${lineBreak}files=${pattern}${lineBreak}` };
}

/** Before the includes, or at the end. */
function insertion(main: Document, text: string): Change {
  const lineBreak = lineBreakOf(main);
  const block = text.trim();
  const include = main.sections.find((section) => kindOf(section.name) === "include");
  if (include !== undefined) {
    const { start } = sectionBlock(main, include);
    return { start, end: start, newText: block + lineBreak.repeat(2) };
  }
  const end = main.text.length;
  const gap = /[\r\n]$/.test(main.text) ? lineBreak : lineBreak.repeat(2);
  return { start: end, end, newText: gap + block + lineBreak };
}

const HERE = "%(here)s";

/** The steps up from a folder to one above it, such as `/..`; null where it is not above. */
function upFrom(folder: string, above: string): string | null {
  if (folder === above) return "";
  if (!folder.startsWith(above.endsWith("/") ? above : `${above}/`)) return null;
  const steps = folder
    .slice(above.length)
    .split("/")
    .filter((part) => part !== "");
  return "/..".repeat(steps.length);
}

function withHere(text: string, up: string): string {
  return text.replaceAll(HERE, HERE + up);
}

/** What was written to lead up to the main file's folder leads there by itself again. */
function backHere(text: string, up: string, folder: string, above: string): string {
  const down = folder.slice(above.length).replace(/^(?!\/|$)/, "/");
  const here = /%\(here\)s((?:\/\.\.(?=[/\s"',;:]|$))*)/g;
  return text.replace(here, (_, steps: string) =>
    steps.startsWith(up) ? HERE + steps.slice(up.length) : HERE + down + steps,
  );
}

function shortPath(site: Site, path: string): string {
  const folder = directoryOf(mainFile(site));
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
