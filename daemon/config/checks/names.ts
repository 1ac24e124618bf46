import type { Context } from "../context.ts";
import type { Document, Entry, Section } from "../document.ts";
import { addOption, maybe, removeEntry, replace, surely } from "../edits.ts";
import { report } from "../findings.ts";
import { type KeyLayout, ofKeys } from "../key-layout.ts";
import { nearest } from "../nearest.ts";
import type { Fix } from "../problem.ts";
import { followedBy, type Message, say } from "../say.ts";
import { kindOf, optionOf, optionsOf, type SectionKind, sectionKinds } from "../schema.ts";
import type { Stored } from "../store.ts";

/** Sections and options that Supervisor does not know and passes over without a word. */
export function checkNames(context: Context, file: string, document: Document, section: Section): void {
  const kind = kindOf(section.name);
  if (kind === null) {
    checkHeader(context, file, section);
    return;
  }
  if (UNKNOWN_IN[kind]?.(section.layout) !== true) return;
  for (const entry of section.entries) {
    if (optionOf(kind, entry.key) === null) tellUnknown(context, file, document, kind, entry);
  }
}

/** Whether there is an unknown one among some keys, by the kinds of sections where there can be. */
const UNKNOWN_IN: Readonly<Partial<Record<SectionKind, (layout: KeyLayout) => boolean>>> = Object.fromEntries(
  sectionKinds
    .filter(({ open }) => !open)
    .map(({ kind }) => [kind, ofKeys((keys) => keys.some((key) => optionOf(kind, key) === null))]),
);

function checkHeader(context: Context, file: string, section: Section): void {
  const { header, name } = section;
  if (header === null || name === "DEFAULT") return;
  const meant = meantHeader(name);
  report(context.findings, {
    code: "section.unknown",
    severity: "warning",
    message: followedBy(
      say`Supervisor does not know [${name}] and ignores it.`,
      meant === null ? null : say`Did you mean [${meant}]?`,
    ),
    file,
    range: header.nameRange,
    ...(meant === null
      ? {}
      : { fixes: surely(say`Change to [${meant}]`, replace(file, header.nameRange, meant)) }),
  });
}

/** What a header most likely means: the nearest kind, with the name that it has or needs. */
function meantHeader(header: string): string | null {
  const colon = header.search(/[:\s]/);
  const kind = (colon === -1 ? header : header.slice(0, colon)).trim().toLowerCase();
  const name = colon === -1 ? "" : header.slice(colon + 1).trim();
  const found = nearest(
    kind,
    sectionKinds.map((spec) => spec.kind),
  );
  const naming = sectionKinds.find((spec) => spec.kind === found)?.naming;
  if (found === null) return null;
  const meant =
    naming === "none" ? found : name === "" && naming === "required" ? `${found}:NAME` : `${found}:${name}`;
  const text = meant.endsWith(":") ? meant.slice(0, -1) : meant;
  return text === header ? null : text;
}

function tellUnknown(
  context: Context,
  file: string,
  document: Document,
  kind: SectionKind,
  entry: Entry,
): void {
  const written = document.text.slice(entry.keyRange.start, entry.keyRange.end);
  const homes = sectionKinds
    .filter((spec) => optionOf(spec.kind, entry.key) !== null)
    .map((spec) => spec.kind);
  const meant = meantOption(kind, entry.key);
  const stored = { value: entry.value, entry, file };
  if (homes.length > 0) {
    const own = ownName(kind, entry.key);
    report(context.findings, {
      code: "option.misplaced",
      severity: "warning",
      message: followedBy(
        say`${written} has no effect in [${kind}]: it belongs in ${homeNames(homes)}.`,
        own === null ? null : say`Did you mean ${own}?`,
      ),
      file,
      range: entry.keyRange,
      fixes: [
        ...(own === null ? [] : maybe(say`Change to ${own}`, replace(file, entry.keyRange, own))),
        // What has another name here may be meant for either section.
        ...moved(context, stored, homes, own === null ? surely : maybe),
        ...maybe(say`Remove ${written}`, removeEntry(context, stored)),
      ],
    });
    return;
  }
  report(context.findings, {
    code: "option.unknown",
    severity: "warning",
    message: followedBy(
      say`[${kind}] has no option ${written}, so Supervisor ignores it.`,
      meant === null ? null : say`Did you mean ${meant}?`,
    ),
    file,
    range: entry.keyRange,
    fixes:
      meant === null
        ? maybe(say`Remove ${written}`, removeEntry(context, stored))
        : surely(say`Change to ${meant}`, replace(file, entry.keyRange, meant)),
  });
}

/** `logfile` of a program is its `stdout_logfile`, and the other way round for the daemon; `file` to include are `files`. */
function ownName(kind: SectionKind, key: string): string | null {
  const names = [`stdout_${key}`, key.replace(/^std(?:out|err)_/, ""), `${key}s`];
  return names.find((name) => optionOf(kind, name) !== null) ?? null;
}

/** Where an option belongs to one section only, and that is there without it, the fix moves it. */
function moved(
  context: Context,
  stored: Stored,
  homes: readonly SectionKind[],
  as: typeof maybe,
): readonly Fix[] {
  const home = homes.length === 1 ? context.store.sections.get(homes[0] ?? "") : undefined;
  const { key, value } = stored.entry;
  if (home === undefined || home.options.has(key)) return [];
  const added = addOption(context, home, `${key}=${value.replaceAll("\n", " ")}`);
  return added === null ? [] : as(say`Move to [${home.name}]`, removeEntry(context, stored), added);
}

/** The nearest option, or the only one that has all words of the written name. */
function meantOption(kind: SectionKind, key: string): string | null {
  const names = optionsOf(kind).map((option) => option.name);
  const near = nearest(key.replaceAll("-", "_"), names);
  if (near !== null) return near;
  const parts = key.split(/[_-]/);
  const holding = names.filter((name) => parts.every((part) => name.split("_").includes(part)));
  return holding.length === 1 ? (holding[0] ?? null) : null;
}

function homeNames(kinds: readonly SectionKind[]): Message {
  const [first = "", second, third] = kinds;
  if (second === undefined) return say`[${first}]`;
  return third === undefined ? say`[${first}] or [${second}]` : say`[${first}], [${second}] or [${third}]`;
}
