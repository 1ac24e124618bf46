import type { Command, CompletionItem } from "vscode-languageserver";
import type { Document, Piece } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { type Message, say } from "../../daemon/config/say.ts";
import { type OptionSpec, optionOf, type SectionKind } from "../../daemon/config/schema.ts";
import type { Words } from "../l10n/words.ts";
import { ENVIRONMENT_PREFIX, expansionsFor, PER_PROCESS_TYPES } from "./expansions.ts";
import type { Place } from "./place.ts";
import { rangeOf } from "./ranges.ts";
import { type Offer, offersOf, separatorOf } from "./values.ts";

/** What completion knows beyond the document itself. */
export type Surroundings = {
  readonly snippets: boolean;
  /** Programs of the whole configuration, includes among them. */
  readonly programs: () => readonly string[];
  /** Names of the environment variables that `%(ENV_NAME)s` could take. */
  readonly variables: readonly string[];
  readonly words: Words;
  /** What the client runs after an item that leads on to more, such as an option to its values; null where it cannot. */
  readonly again: Command | null;
};

type ValuePlace = Extract<Place, { kind: "value" }>;

/** Values for the option at an offset, or the names that fit an expansion begun there. */
export function valueItems(
  document: Document,
  place: ValuePlace,
  offset: number,
  surroundings: Surroundings,
): CompletionItem[] {
  const option = place.sectionKind === null ? null : optionOf(place.sectionKind, place.entry.key);
  if (place.sectionKind === null || option === null) return [];
  const written = document.text.slice(place.piece.range.start, offset);
  const begun = EXPANSION_BEGUN.exec(written);
  if (begun !== null) {
    const start = offset - (begun[1] ?? "").length;
    const variables = [...new Set([...ownVariables(document, place, option), ...surroundings.variables])];
    const known = { ...surroundings, variables };
    return expansionItems(document, { start, end: offset }, place.sectionKind, option, known);
  }
  const offers = allOffers(place.sectionKind, option, surroundings);
  return offerItems(document, place, offset, option, offers, surroundings.words);
}

/** Variables that the file sets itself, as far as they are known where the option is read. */
function ownVariables(document: Document, place: ValuePlace, option: OptionSpec): readonly string[] {
  const daemon = document.sections.filter(({ name }) => name === "supervisord");
  const own = PER_PROCESS_TYPES.has(option.type) && option.type !== "environment" ? [place.section] : [];
  const entries = [...daemon, ...own].flatMap(({ entries }) => entries);
  return entries
    .filter(({ key }) => key === "environment" && option.name !== "files")
    .flatMap(({ value }) => meantPairs(value).map((pair) => pair.key));
}

/** A `%(` that is not itself the second half of `%%`. */
const EXPANSION_BEGUN = /(?:^|[^%])(?:%%)*(%(?:\(\w*)?)$/;

/** What the editor may have closed by itself after `%(`. */
const EXPANSION_REST = /^\w*(?:\)[sd]?)?/;

const ENUM_MEMBER = 20;
const VARIABLE = 6;

function expansionItems(
  document: Document,
  begun: TextRange,
  kind: SectionKind,
  option: OptionSpec,
  { variables, words }: Surroundings,
): CompletionItem[] {
  const lineEnd = document.text.slice(begun.end, begun.end + 80);
  const opened = document.text.startsWith("(", begun.start + 1);
  const rest = opened ? (EXPANSION_REST.exec(lineEnd)?.[0].length ?? 0) : 0;
  const range = rangeOf(document.lines, { start: begun.start, end: begun.end + rest });
  const named = expansionsFor(kind, option.type).map(({ name, conversion, about }) => ({
    text: `%(${name})${conversion}`,
    detail: words.say(about).replaceAll("`", ""),
  }));
  const environment = variables.map((name) => ({
    text: `%(${ENVIRONMENT_PREFIX}${name})s`,
    detail: `$${name}`,
  }));
  return [...named, ...environment].map(({ text, detail }, index) => ({
    label: text,
    kind: VARIABLE,
    detail,
    filterText: text,
    sortText: String(index).padStart(4, "0"),
    textEdit: { range, newText: text },
  }));
}

function allOffers(kind: SectionKind, option: OptionSpec, surroundings: Surroundings): readonly Offer[] {
  if (option.type === "program-names") return surroundings.programs().map((value) => ({ value }));
  return offersOf(kind, option.type, option.name);
}

function offerItems(
  document: Document,
  place: ValuePlace,
  offset: number,
  option: OptionSpec,
  offers: readonly Offer[],
  words: Words,
): CompletionItem[] {
  const { piece, entry } = place;
  const separator = separatorOf(option.type);
  const span =
    separator === null ? wholeValue(piece, offset) : wordAround(document.text, piece, offset, separator);
  const range = rangeOf(document.lines, span);
  const listed = separator === null ? [] : others(document.text, entry.valueRange, span, separator);
  return offers
    .filter(({ value }) => !listed.includes(value))
    .map(({ value, about }, index) => ({
      label: value,
      kind: ENUM_MEMBER,
      ...detailOf(value, about, option, words),
      sortText: String(index).padStart(2, "0"),
      textEdit: { range, newText: value },
      ...(separator === null ? {} : { commitCharacters: [separator] }),
    }));
}

function detailOf(
  value: string,
  about: Message | undefined,
  option: OptionSpec,
  words: Words,
): { readonly detail?: string } {
  if (value !== option.default) return about === undefined ? {} : { detail: words.say(about) };
  return { detail: words.say(about === undefined ? say`the default` : say`${about}, the default`) };
}

/** Up to the offset at least, which may stand in white space after the value. */
function wholeValue({ range }: Piece, offset: number): TextRange {
  return range.start === range.end
    ? { start: offset, end: offset }
    : { start: range.start, end: Math.max(range.end, offset) };
}

/** The item of a list that the offset is in, without the white space before it. */
function wordAround(text: string, { range }: Piece, offset: number, separator: string): TextRange {
  const before = text.slice(range.start, offset);
  const tail = before.slice(before.lastIndexOf(separator) + 1).trimStart();
  const after = text.slice(offset, range.end);
  const next = after.indexOf(separator);
  const end = next === -1 ? after.trimEnd().length : after.slice(0, next).trimEnd().length;
  return { start: offset - tail.length, end: offset + end };
}

/** The items of a list but for the one being edited. */
function others(text: string, value: TextRange, span: TextRange, separator: string): readonly string[] {
  const rest = `${text.slice(value.start, span.start)}${separator}${text.slice(span.end, value.end)}`;
  return rest.split(separator).map((item) => item.trim());
}
