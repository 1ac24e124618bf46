import type { CompletionItem } from "vscode-languageserver";
import { type Document, textOf } from "../../daemon/config/document.ts";
import { positionAt } from "../../daemon/config/lines.ts";
import { optionOf, sectionKinds } from "../../daemon/config/schema.ts";
import type { Words } from "../l10n/words.ts";
import { headerItems } from "./completion-headers.ts";
import { optionItems } from "./completion-options.ts";
import { type Surroundings, valueItems } from "./completion-values.ts";
import { optionMarkdown, sectionMarkdown } from "./option-text.ts";
import { entryAt, type Place, placeAt } from "./place.ts";

/** What fits at an offset: section headers, options of the section that are not there yet, or values of the option. */
export function completionsAt(
  document: Document,
  offset: number,
  surroundings: Surroundings,
): CompletionItem[] {
  const place = placeAt(document, offset);
  if (place.kind === "comment") return [];
  if (place.kind === "value") return valueItems(document, place, offset, surroundings);
  const { line, character } = positionAt(document.lines, offset);
  const typed = textOf(place.section, { start: offset - character, end: offset }).trimStart();
  const start = offset - typed.length;
  if (typed.startsWith("[")) return headerItems(document, start, offset, surroundings);
  if (place.kind === "header" || isContinuation(document, place, line, character - typed.length)) return [];
  const options = optionItems(document, place, start, offset, surroundings);
  return place.kind === "gap" ? [...options, ...headerItems(document, start, offset, surroundings)] : options;
}

/** Adds the explanation that the list itself leaves out. */
export function resolveCompletion(item: CompletionItem, words: Words): CompletionItem {
  const value = documentationOf(item.data, words);
  return value === null ? item : { ...item, documentation: { kind: "markdown", value } };
}

/** Whether text at this indentation would become part of the value above. */
function isContinuation(document: Document, place: Place, line: number, indent: number): boolean {
  const above = entryAt(place.section, line);
  if (above === undefined || above.line === line) return false;
  return indent > positionAt(document.lines, above.keyRange.start).character;
}

function documentationOf(data: unknown, words: Words): string | null {
  if (typeof data !== "object" || data === null || !("kind" in data)) return null;
  const kind = sectionKinds.find((spec) => spec.kind === data.kind)?.kind;
  if (kind === undefined) return null;
  if (!("option" in data)) return sectionMarkdown(kind, words);
  const option = typeof data.option === "string" ? optionOf(kind, data.option) : null;
  return option === null ? null : optionMarkdown(kind, option, words);
}
