import type { Hover } from "vscode-languageserver";
import {
  type Comment,
  type Document,
  type Entry,
  offsetOfValue,
  type Section,
} from "../../daemon/config/document.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { type Message, say } from "../../daemon/config/say.ts";
import { optionOf, type SectionKind } from "../../daemon/config/schema.ts";
import type { Words } from "../l10n/words.ts";
import type { Effective } from "./effective.ts";
import { describeExpansion } from "./expansions.ts";
import { effectiveMessages, processMessages } from "./hover-effective.ts";
import type { LiveLookup } from "./live.ts";
import { code } from "./markdown.ts";
import { optionMarkdown, sectionMarkdown } from "./option-text.ts";
import { type Place, placeAt } from "./place.ts";
import { rangeOf } from "./ranges.ts";
import type { Site } from "./site.ts";

/** What the thing at an offset is and does; null where there is nothing to say. */
export function hoverAt(
  document: Document,
  offset: number,
  words: Words,
  surroundings: HoverSurroundings = NOTHING_KNOWN,
): Hover | null {
  const place = placeAt(document, offset);
  const said = sayAbout(document, place, offset, words);
  const more = said === null ? [] : sayMore(place, surroundings).map(words.say);
  if (said === null) return null;
  const value = [...said.paragraphs, ...(more.length === 0 ? [] : [more.join("\n\n")])].join("\n\n---\n\n");
  return { contents: { kind: "markdown", value }, range: rangeOf(document.lines, said.range) };
}

/** What hovering knows beyond the document itself. */
export type HoverSurroundings = {
  /** What a section comes to in the end; null while Supervisor would refuse the configuration. */
  readonly effective: (section: Section) => Effective | null;
  readonly live: LiveLookup;
  readonly site: Site | null;
};

const NOTHING_KNOWN: HoverSurroundings = { effective: () => null, live: () => [], site: null };

/** What the section or option comes to on this machine. */
function sayMore(place: Place, { effective, live, site }: HoverSurroundings): Message[] {
  if (place.kind === "header") return processMessages(effective(place.section), live(place.section));
  if (place.kind !== "key" && place.kind !== "value") return [];
  const found = effective(place.section);
  if (site === null || found === null) return [];
  return effectiveMessages(site, place.section, place.entry, found);
}

type Said = { readonly paragraphs: readonly string[]; readonly range: TextRange };

function sayAbout(document: Document, place: Place, offset: number, words: Words): Said | null {
  switch (place.kind) {
    case "header":
      if (place.sectionKind === null || place.section.header === null) return null;
      return { paragraphs: [sectionMarkdown(place.sectionKind, words)], range: place.section.header.range };
    case "key":
      return sayAboutOption(document, place.sectionKind, place.entry, place.entry.keyRange, words);
    case "value":
      return sayAboutExpansion(place.entry, offset, words) ?? sayAboutValue(document, place, words);
    case "comment":
      return place.entry === null ? null : sayAboutCut(document, place.entry, place.comment, words);
    case "gap":
      return null;
  }
}

function sayAboutValue(
  document: Document,
  place: Extract<Place, { kind: "value" }>,
  words: Words,
): Said | null {
  return sayAboutOption(document, place.sectionKind, place.entry, place.piece.range, words);
}

function sayAboutOption(
  document: Document,
  kind: SectionKind | null,
  entry: Entry,
  range: TextRange,
  words: Words,
): Said | null {
  const option = kind === null ? null : optionOf(kind, entry.key);
  const about = kind === null || option === null ? [] : [optionMarkdown(kind, option, words)];
  const comment = entry.pieces.find((piece) => piece.comment !== null)?.comment ?? null;
  const cut = comment === null ? [] : [words.say(cutText(document, entry, comment))];
  const paragraphs = [...about, ...cut];
  return paragraphs.length === 0 ? null : { paragraphs, range };
}

function sayAboutCut(document: Document, entry: Entry, comment: Comment, words: Words): Said {
  return { paragraphs: [words.say(cutText(document, entry, comment))], range: comment.range };
}

function cutText(document: Document, entry: Entry, comment: Comment): Message {
  const mark = document.text[comment.range.start] ?? "";
  const lost = document.text.slice(comment.range.start, comment.range.end);
  return say`White space and \`${mark}\` start a comment, inside quotes too. The value of \`${entry.key}\` is ${entry.value === "" ? say`empty` : code(entry.value)}; ${code(lost)} is not part of it.`;
}

const EXPANSION = /%%|%\(([^()\s]*)\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]/g;

function sayAboutExpansion(entry: Entry, offset: number, words: Words): Said | null {
  for (const match of entry.value.matchAll(EXPANSION)) {
    const start = offsetOfValue(entry, match.index);
    const range = { start, end: start + match[0].length };
    const about = match[1] === undefined ? say`One percent sign.` : describeExpansion(match[1]);
    if (about === null || offset < range.start || offset >= range.end) continue;
    return { paragraphs: [`**${match[0]}**\n\n${words.say(about)}`], range };
  }
  return null;
}
