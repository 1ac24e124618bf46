import type { Context } from "../context.ts";
import type { Entry, Piece, Section } from "../document.ts";
import { parseDocument, sectionAround } from "../document.ts";
import { lineNumber, lineRange, maybe, replace, surely } from "../edits.ts";
import { report } from "../findings.ts";
import type { Fix } from "../problem.ts";
import { say } from "../say.ts";
import { kindOf, optionOf, optionsOf, type SectionKind } from "../schema.ts";
import type { Place, StoredSection } from "../store.ts";

/** Options that Supervisor silently makes into one. */
export function checkMerging(context: Context, file: string, section: Section): void {
  const kind = kindOf(section.name);
  if (kind === null) return;
  const { entries, layout } = section;
  if (layout.repeats) checkDuplicates(context, file, entries);
  entries.forEach((entry) => {
    if (entry.value.includes("\n")) checkGlued(context, file, kind, entry);
  });
}

/** Sections that Supervisor silently makes into one. */
export function checkDuplicateSections(context: Context): void {
  context.store.sections.forEach((section) => {
    if (section.isOpenedAgain) tellOpenedAgain(context, section);
  });
}

function tellOpenedAgain(context: Context, section: StoredSection): void {
  const [first, ...others] = section.places;
  const kind = kindOf(section.name);
  if (first === undefined || kind === null) return;
  for (const place of others) {
    const renamable = RENAMABLE.has(kind);
    const line = lineNumber(context, first.file, first.range.start);
    const where = first.file === place.file ? say`line ${line}` : say`line ${line} of ${first.file}`;
    report(context.findings, {
      code: "section.duplicate",
      severity: renamable ? "error" : "warning",
      message: say`[${section.name}] stands on ${where} already: the two become one, and the later values win.`,
      ...place,
      related: [{ ...first, message: say`The other [${section.name}]` }],
      fixes: renamable ? rename(context, section.name, place) : [],
    });
  }
}

/** Kinds of which two of one name are hardly meant to be one. */
const RENAMABLE: ReadonlySet<SectionKind> = new Set(["program", "fcgi-program", "eventlistener", "group"]);

function rename(context: Context, name: string, place: Place): readonly Fix[] {
  let number = 2;
  while (context.store.sections.has(`${name}-${number}`)) number++;
  const header = `${name}-${number}`;
  const edit = replace(place.file, place.range, `[${header}]`);
  // What lacks a command of its own was rather meant to add to the other.
  const fix = standsAlone(context, place) ? surely : maybe;
  return fix(say`Rename to [${header}]`, edit);
}

function standsAlone(context: Context, { file, range }: Place): boolean {
  const document = context.documents.get(file);
  const section = document === undefined ? null : sectionAround(document, range.start);
  const kind = section === null ? null : kindOf(section.name);
  if (section === null || kind === null) return false;
  const given = new Set(section.entries.map(({ key }) => key));
  return optionsOf(kind).every(({ name, required }) => !required || given.has(name));
}

function checkDuplicates(context: Context, file: string, entries: readonly Entry[]): void {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    const earlier = latest.get(entry.key);
    latest.set(entry.key, entry);
    if (earlier === undefined) continue;
    report(context.findings, {
      code: "option.duplicate",
      severity: "warning",
      message: say`${entry.key} is given again on line ${lineNumber(context, file, entry.keyRange.start)}, so this value has no effect.`,
      file,
      range: { start: earlier.keyRange.start, end: Math.max(earlier.keyRange.end, earlier.valueRange.end) },
      tags: ["unnecessary"],
      related: [{ file, range: entry.keyRange, message: say`The value that counts` }],
      fixes: surely(
        say`Remove this ${entry.key}`,
        replace(file, lineRange(context, file, earlier.line, earlier.lastLine), ""),
      ),
    });
  }
}

/** An indented line continues the value above, whatever it looks like. */
function checkGlued(context: Context, file: string, kind: SectionKind, entry: Entry): void {
  for (const piece of entry.pieces.slice(1)) {
    const text = context.documents.get(file)?.text.slice(piece.range.start, piece.range.end) ?? "";
    const looks = looksLikeEntry(kind, text);
    if (looks === null) continue;
    report(context.findings, {
      code: "entry.glued",
      severity: "error",
      message:
        looks === "section"
          ? say`This line is indented, so it is a part of ${entry.key}, not a section of its own.`
          : say`This line is indented, so it is a part of ${entry.key}, not an option of its own.`,
      file,
      range: piece.range,
      related: [{ file, range: entry.keyRange, message: say`The option that it continues` }],
      fixes: outdent(context, file, entry, piece),
    });
  }
}

function looksLikeEntry(kind: SectionKind, text: string): "section" | "option" | null {
  const [parsed] = parseDocument(text).sections;
  if (parsed !== undefined && kindOf(parsed.name) !== null) return "section";
  const key = /^([\w.]+)\s*[=:]/.exec(text)?.[1]?.toLowerCase();
  return key !== undefined && optionOf(kind, key) !== null ? "option" : null;
}

function outdent(context: Context, file: string, entry: Entry, piece: Piece): readonly Fix[] {
  const start = lineRange(context, file, piece.line, piece.line).start;
  const entryStart = lineRange(context, file, entry.line, entry.line).start;
  const indent = context.documents.get(file)?.text.slice(entryStart, entry.keyRange.start) ?? "";
  return surely(say`Outdent`, replace(file, { start, end: piece.range.start }, indent));
}
