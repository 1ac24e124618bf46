import { isSpace, skipSpace, skipSpaceBack } from "./python/text.ts";

/** One line of a configuration: `start..end` with its line break, `textEnd` without it. */
type Line = {
  start: number;
  textEnd: number;
  end: number;
  /** Offset at which a comment starts, -1 for none. */
  comment: number;
  /** The line's text without comment and outer white space; empty where both are equal. */
  contentStart: number;
  contentEnd: number;
  /** White-space characters before the first other character (a comment's included). */
  indent: number;
};

/** What was seen of a line. */
export type ScannedLine = Readonly<Line>;

/** Looks at the lines of a text, one after another. */
export class Scanner {
  readonly text: string;
  readonly #line: Line = {
    start: 0,
    textEnd: 0,
    end: 0,
    comment: -1,
    contentStart: 0,
    contentEnd: 0,
    indent: 0,
  };
  readonly #lineFeed: Search;
  readonly #return: Search;
  readonly #semicolon: Search;
  readonly #hash: Search;

  constructor(text: string) {
    this.text = text;
    this.#lineFeed = new Search(text, "\n");
    this.#return = new Search(text, "\r");
    this.#semicolon = new Search(text, ";");
    this.#hash = new Search(text, "#");
  }

  /**
   * Looks at the line that starts at `start`, which must not be before the line that was looked at last. It is the same
   * object for each line: there are many.
   */
  line(start: number): ScannedLine {
    const { text } = this;
    const line = this.#line;
    const textEnd = Math.min(this.#lineFeed.from(start), this.#return.from(start));
    const end = textEnd === text.length ? textEnd : textEnd + (isCrLf(text, textEnd) ? 2 : 1);
    const first = skipSpace(text, start, textEnd);
    const whole = first < textEnd && isPrefix(text.charCodeAt(first));
    const comment = whole ? first : this.#inlineComment(start, textEnd);
    const contentEnd = skipSpaceBack(text, first, comment === -1 ? textEnd : comment);
    line.start = start;
    line.textEnd = textEnd;
    line.end = end;
    line.comment = comment;
    line.contentStart = first;
    line.contentEnd = contentEnd;
    line.indent = first < textEnd ? first - start : 0;
    return line;
  }

  /**
   * Where an inline comment starts, -1 for none. Python's configparser looks in rounds: the first `;` and the first
   * `#`, then the second of each, until one of a round stands after white space. So a `;` that would cut may be
   * passed over because a `#` further right was found in an earlier round.
   */
  #inlineComment(start: number, end: number): number {
    if (this.#semicolon.from(start) >= end && this.#hash.from(start) >= end) return -1;
    let semicolon = start - 1;
    let hash = start - 1;
    while (semicolon < end || hash < end) {
      semicolon = Math.min(this.#semicolon.from(semicolon + 1), end);
      hash = Math.min(this.#hash.from(hash + 1), end);
      const cut = Math.min(cutAt(this.text, semicolon, start, end), cutAt(this.text, hash, start, end));
      if (cut < end) return cut;
    }
    return -1;
  }
}

/** Where a character stands next; the text's own search is far quicker than a look at each of its characters. */
class Search {
  readonly #text: string;
  readonly #sign: string;
  #at = -1;

  constructor(text: string, sign: string) {
    this.#text = text;
    this.#sign = sign;
  }

  /** The next one at `start` or after it, the text's length for none; `start` may only grow. */
  from(start: number): number {
    if (this.#at < start) {
      const found = this.#text.indexOf(this.#sign, start);
      this.#at = found === -1 ? this.#text.length : found;
    }
    return this.#at;
  }
}

const SEMICOLON = 0x3b;
const HASH = 0x23;
const CR = 13;
const LF = 10;

function isCrLf(text: string, at: number): boolean {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF;
}

function isPrefix(unit: number): boolean {
  return unit === SEMICOLON || unit === HASH;
}

function cutAt(text: string, at: number, start: number, end: number): number {
  return at < end && (at === start || isSpace(text.charCodeAt(at - 1))) ? at : end;
}
