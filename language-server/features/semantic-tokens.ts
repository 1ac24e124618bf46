import {
  type Document,
  type Entry,
  type Header,
  type Section,
  textOf,
} from "../../daemon/config/document.ts";
import type { TextRange } from "../../daemon/config/problem.ts";
import { kindOf, optionOf, sectionKinds } from "../../daemon/config/schema.ts";
import { DECLARATION, TOKEN_TYPES, type TokenType } from "./token-legend.ts";
import type { DocumentTokens, SectionTokens } from "./token-stream.ts";
import { valueTokens } from "./value-tokens.ts";

/** What the parts of documents are; sections that were looked at before are remembered. */
export class SemanticTokens {
  readonly #known = new WeakMap<Section, SectionTokens>();

  /** The tokens of a document, or of its sections that begin by the line `to`. */
  of(document: Document, to = Number.POSITIVE_INFINITY): DocumentTokens {
    const tokens: DocumentTokens[number][] = [];
    let line = 0;
    for (const section of [document.preamble, ...document.sections]) {
      const start = section.anchor.line;
      if (start > to) break;
      const { numbers, firstLine, lastLine } = this.#tokensOf(document, section);
      if (numbers.length === 0) continue;
      tokens.push({ numbers, lead: start + firstLine - line });
      line = start + lastLine;
    }
    return tokens;
  }

  #tokensOf(document: Document, section: Section): SectionTokens {
    const known = this.#known.get(section);
    if (known !== undefined) return known;
    const tokens = sectionTokens(document, section);
    this.#known.set(section, tokens);
    return tokens;
  }
}

type Token = { readonly range: TextRange; readonly type: TokenType; readonly modifiers: number };

function sectionTokens(document: Document, section: Section): SectionTokens {
  const tokens = [
    ...(section.header === null ? [] : headerTokens(section.name, section.header)),
    ...section.entries.flatMap((entry) => entryTokens(entry, section)),
    ...section.comments.map(({ range }) => token(range, "comment")),
  ];
  tokens.sort((a, b) => a.range.start - b.range.start);
  const numbers: number[] = [];
  const { line: top } = section.anchor;
  const { starts } = document.lines;
  let firstLine = 0;
  let line = top;
  let before = { line, character: 0 };
  for (const [index, { range, type, modifiers }] of tokens.entries()) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= range.start) line++;
    const character = range.start - (starts[line] ?? 0);
    if (index === 0) firstLine = line - top;
    const down = index === 0 ? 0 : line - before.line;
    const across = index > 0 && down === 0 ? character - before.character : character;
    numbers.push(down, across, range.end - range.start, TOKEN_TYPES.indexOf(type), modifiers);
    before = { line, character };
  }
  return { numbers, firstLine, lastLine: line - top };
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

function entryTokens(entry: Entry, section: Section): Token[] {
  // Entries before the first header of a fragment belong to [supervisord]; what a header makes nothing of is not judged.
  const kind = section.header === null ? "supervisord" : kindOf(section.name);
  const option = kind === null ? null : optionOf(kind, entry.key);
  const isJudged = kind !== null && sectionKinds.find((spec) => spec.kind === kind)?.open !== true;
  if (option === null && isJudged) return [token(entry.keyRange, "unknownOption")];
  const values = entry.pieces.flatMap(({ range }, index) => {
    const text = textOf(section, range);
    return valueTokens(text, option?.type ?? "text", index === 0).map(({ start, end, type }) =>
      token({ start: range.start + start, end: range.start + end }, type),
    );
  });
  return [token(entry.keyRange, "property"), ...values];
}
