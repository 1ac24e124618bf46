import type { SemanticTokensEdit } from "vscode-languageserver";
import type { Document, Entry, Header, Section } from "../../daemon/config/document.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { kindOf, optionOf, sectionKinds } from "../../daemon/config/schema.ts";
import { DECLARATION, TOKEN_TYPES, type TokenType } from "./token-legend.ts";
import { valueTokens } from "./value-tokens.ts";

/** What the parts of documents are, in the protocol's numbers; sections that were looked at before are remembered. */
export class SemanticTokens {
  readonly #known = new WeakMap<Section, SectionTokens>();

  /** The tokens of a document, or of what of it stands on the lines `from..to`, both included. */
  of(document: Document, from = 0, to = Number.POSITIVE_INFINITY): number[] {
    const data: number[] = [];
    let line = 0;
    for (const section of [document.preamble, ...document.sections]) {
      const start = section.anchor.line;
      if (start > to) break;
      const { numbers, lastLine } = this.#tokensOf(document, section);
      if (numbers.length === 0 || start + lastLine < from) continue;
      line = addTokens(data, numbers, start, line, from, to);
    }
    return data;
  }

  #tokensOf(document: Document, section: Section): SectionTokens {
    const known = this.#known.get(section) ?? sectionTokens(document, section);
    this.#known.set(section, known);
    return known;
  }
}

/** The one edit that makes the new numbers of the old ones; none where they are equal. */
export function tokenEdits(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  return [
    { start, deleteCount: before.length - start - tail, data: after.slice(start, after.length - tail) },
  ];
}

/** Numbers as the protocol has them, but lines counted from the section's first; five for each token. */
type SectionTokens = { readonly numbers: Uint32Array; readonly lastLine: number };

/** Adds a section's tokens; gives the line of the last token. */
function addTokens(
  data: number[],
  numbers: Uint32Array,
  start: number,
  lastLine: number,
  from: number,
  to: number,
): number {
  let before = lastLine;
  let character = 0;
  for (let at = 0; at < numbers.length; at += 5) {
    const line = start + (numbers[at] ?? 0);
    if (line < from || line > to) continue;
    const own = numbers[at + 1] ?? 0;
    const isSameLine = line === before && data.length > 0;
    data.push(
      line - before,
      isSameLine ? own - character : own,
      numbers[at + 2] ?? 0,
      numbers[at + 3] ?? 0,
      numbers[at + 4] ?? 0,
    );
    before = line;
    character = own;
  }
  return before;
}

type Token = { readonly range: TextRange; readonly type: TokenType; readonly modifiers: number };

function sectionTokens(document: Document, section: Section): SectionTokens {
  const tokens = [
    ...(section.header === null ? [] : headerTokens(section.name, section.header)),
    ...section.entries.flatMap((entry) => entryTokens(document, entry, section)),
    ...section.comments.map(({ range }) => token(range, "comment")),
  ];
  tokens.sort((a, b) => a.range.start - b.range.start);
  const numbers = new Uint32Array(tokens.length * 5);
  let line = section.anchor.line;
  const { starts } = document.lines;
  for (const [index, { range, type, modifiers }] of tokens.entries()) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= range.start) line++;
    const character = range.start - (starts[line] ?? 0);
    const length = range.end - range.start;
    numbers.set(
      [line - section.anchor.line, character, length, TOKEN_TYPES.indexOf(type), modifiers],
      index * 5,
    );
  }
  return { numbers, lastLine: line - section.anchor.line };
}

function token(range: TextRange, type: TokenType, modifiers = 0): Token {
  return { range, type, modifiers };
}

function headerTokens(name: string, { nameRange, ignored }: Header): Token[] {
  const rest = ignored === null ? [] : [token(ignored, "comment")];
  if (kindOf(name) === null && name !== "DEFAULT") return [token(nameRange, "unknownOption"), ...rest];
  const colon = name.indexOf(":");
  if (colon === -1) return [token(nameRange, "keyword"), ...rest];
  const at = nameRange.start + colon;
  const own = { start: at + 1, end: nameRange.end };
  return [
    token({ start: nameRange.start, end: at }, "keyword"),
    ...(own.end > own.start ? [token(own, "class", DECLARATION)] : []),
    ...rest,
  ];
}

function entryTokens(document: Document, entry: Entry, section: Section): Token[] {
  // Entries before the first header of a fragment belong to [supervisord]; what a header makes nothing of is not judged.
  const kind = section.header === null ? "supervisord" : kindOf(section.name);
  const option = kind === null ? null : optionOf(kind, entry.key);
  const isJudged = kind !== null && sectionKinds.find((spec) => spec.kind === kind)?.open !== true;
  if (option === null && isJudged) return [token(entry.keyRange, "unknownOption")];
  const values = entry.pieces.flatMap(({ range }, index) => {
    const text = document.text.slice(range.start, range.end);
    return valueTokens(text, option?.type ?? "text", index === 0).map(({ start, end, type }) =>
      token({ start: range.start + start, end: range.start + end }, type),
    );
  });
  return [token(entry.keyRange, "property"), ...values];
}
