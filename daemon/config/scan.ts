import { isSpace, skipSpace, skipSpaceBack } from "./python/text.ts";

/** One line of a configuration: `start..end` with its line break, `textEnd` without it. */
export type ScannedLine = {
  readonly start: number;
  readonly textEnd: number;
  readonly end: number;
  /** Offset at which a comment starts, -1 for none. */
  readonly comment: number;
  /** True where nothing but white space precedes the comment. */
  readonly whole: boolean;
  /** The line's text without comment and outer white space; empty where both are equal. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** White-space characters before the first other character (a comment's included). */
  readonly indent: number;
};

/** Looks at the line that starts at `start`. */
export function scanLine(text: string, start: number): ScannedLine {
  const textEnd = endOfText(text, start);
  const end = textEnd === text.length ? textEnd : textEnd + (isCrLf(text, textEnd) ? 2 : 1);
  const first = skipSpace(text, start, textEnd);
  const whole = first < textEnd && isPrefix(text.charCodeAt(first));
  const comment = whole ? first : inlineComment(text, start, textEnd);
  const contentEnd = skipSpaceBack(text, first, comment === -1 ? textEnd : comment);
  const indent = first < textEnd ? first - start : 0;
  return { start, textEnd, end, comment, whole, contentStart: first, contentEnd, indent };
}

const SEMICOLON = 0x3b;
const HASH = 0x23;
const CR = 13;
const LF = 10;

function endOfText(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === LF || unit === CR) return at;
    at++;
  }
  return at;
}

function isCrLf(text: string, at: number): boolean {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF;
}

function isPrefix(unit: number): boolean {
  return unit === SEMICOLON || unit === HASH;
}

/**
 * Where an inline comment starts, -1 for none. Python's configparser looks in rounds: the first `;` and the first
 * `#`, then the second of each, until one of a round stands after white space. So a `;` that would cut may be
 * passed over because a `#` further right was found in an earlier round.
 */
function inlineComment(text: string, start: number, end: number): number {
  let semicolon = start - 1;
  let hash = start - 1;
  while (semicolon < end || hash < end) {
    semicolon = find(text, SEMICOLON, semicolon + 1, end);
    hash = find(text, HASH, hash + 1, end);
    const cut = Math.min(cutAt(text, semicolon, start, end), cutAt(text, hash, start, end));
    if (cut < end) return cut;
  }
  return -1;
}

function find(text: string, unit: number, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) !== unit) at++;
  return Math.min(at, end);
}

function cutAt(text: string, at: number, start: number, end: number): number {
  return at < end && (at === start || isSpace(text.charCodeAt(at - 1))) ? at : end;
}
