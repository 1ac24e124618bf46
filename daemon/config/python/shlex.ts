/** A token of `shlex`, with its offsets in the text that was read. */
type Token = { readonly text: string; readonly start: number; readonly end: number };

export type TokenList = { readonly tokens: readonly Token[]; readonly error: string | null };

/** How `shlex` is set up: which characters make words, and whether quotes join and backslashes escape (POSIX). */
export type ShlexOptions = {
  readonly posix: boolean;
  readonly extraWordCharacters: string;
  readonly splitOnlyAtSpace: boolean;
  /** Whether `#` starts a comment. */
  readonly comments: boolean;
};

/** Reads a text as Python's `shlex.shlex` does. */
export function tokenise(text: string, options: ShlexOptions): TokenList {
  const lexer: Lexer = { text, options, at: 0, state: " ", pending: null };
  const tokens: Token[] = [];
  for (;;) {
    const token = readToken(lexer);
    if (token === null) return { tokens, error: null };
    if ("error" in token) return { tokens, error: token.error };
    tokens.push(token);
  }
}

type Lexer = {
  readonly text: string;
  readonly options: ShlexOptions;
  at: number;
  /** Space between words, `a` in a word, a quote inside it, a backslash after it, null at the end. */
  state: string | null;
  /** A character that ended a word and is a token of its own. */
  pending: Token | null;
};

type Reading = { token: string; start: number; end: number; quoted: boolean; escapedFrom: string };
type Step = "go on" | "emit" | { readonly error: string };

const LATIN_WORD = /^[ß-öø-ÿÀ-ÖØ-Þ]$/;
const SPACE = " \t\r\n";
const QUOTES = "'\"";

function readToken(lexer: Lexer): Token | { readonly error: string } | null {
  if (lexer.pending !== null) {
    const token = lexer.pending;
    lexer.pending = null;
    return token;
  }
  const reading: Reading = { token: "", start: lexer.at, end: lexer.at, quoted: false, escapedFrom: " " };
  for (;;) {
    takeRun(lexer, reading);
    const from = lexer.at;
    const character = nextCharacter(lexer);
    const step = advance(lexer, reading, character, from);
    if (step === "go on") continue;
    if (step !== "emit") return step;
    const nothing = reading.token === "" && !(lexer.options.posix && reading.quoted);
    return nothing ? null : { text: reading.token, start: reading.start, end: reading.end };
  }
}

/** Takes at once what the state would pass on character by character: letters in a word, text between quotes. */
function takeRun(lexer: Lexer, reading: Reading): void {
  const { text, at, state } = lexer;
  let end = at;
  if (state === "a") {
    while (end < text.length && isPlain(text.charCodeAt(end))) end++;
  } else if (state === "'" || state === '"') {
    const closing = text.indexOf(state, at);
    end = closing === -1 || text.slice(at, closing).includes("\\") ? at : closing;
  }
  if (end === at) return;
  reading.token += text.slice(at, end);
  reading.end = end;
  lexer.at = end;
}

/** An ASCII letter, digit or underscore, of which every word may be made. */
function isPlain(unit: number): boolean {
  if (unit >= 97) return unit <= 122;
  if (unit >= 65) return unit <= 90 || unit === 95;
  return unit >= 48 && unit <= 57;
}

function nextCharacter(lexer: Lexer): string {
  const { text, at } = lexer;
  const unit = text.charCodeAt(at);
  const isPair = unit >= 0xd800 && unit <= 0xdbff && (text.codePointAt(at) ?? 0) > 0xffff;
  const character = isPair ? text.slice(at, at + 2) : text.charAt(at);
  lexer.at += character.length;
  return character;
}

function advance(lexer: Lexer, reading: Reading, character: string, from: number): Step {
  const { state } = lexer;
  if (state === null) {
    reading.token = "";
    return "emit";
  }
  if (state === " ") return betweenWords(lexer, reading, character, from);
  if (state === "a") return inWord(lexer, reading, character, from);
  if (state === "\\") return escaped(lexer, reading, character);
  return inQuotes(lexer, reading, character);
}

function betweenWords(lexer: Lexer, reading: Reading, character: string, from: number): Step {
  const { posix } = lexer.options;
  if (character === "") return atEnd(lexer);
  if (SPACE.includes(character)) return emitIfAny(lexer, reading);
  if (character === "#" && lexer.options.comments) {
    skipLine(lexer);
    return "go on";
  }
  reading.start = from;
  reading.end = lexer.at;
  if (posix && character === "\\") {
    reading.escapedFrom = "a";
    lexer.state = character;
  } else if (QUOTES.includes(character)) {
    if (!posix) reading.token = character;
    lexer.state = character;
  } else {
    reading.token = character;
    if (!isWord(lexer, character) && !lexer.options.splitOnlyAtSpace) return "emit";
    lexer.state = "a";
  }
  return "go on";
}

function inWord(lexer: Lexer, reading: Reading, character: string, from: number): Step {
  const { posix, splitOnlyAtSpace } = lexer.options;
  if (character === "") return atEnd(lexer);
  if (SPACE.includes(character)) {
    lexer.state = " ";
    return emitIfAny(lexer, reading);
  }
  if (character === "#" && lexer.options.comments) {
    // Outside POSIX rules the word goes on after the comment, on the next line.
    skipLine(lexer);
    if (!posix) return "go on";
    lexer.state = " ";
    return emitIfAny(lexer, reading);
  }
  if (posix && (QUOTES.includes(character) || character === "\\")) {
    reading.end = lexer.at;
    if (character === "\\") reading.escapedFrom = "a";
    lexer.state = character;
    return "go on";
  }
  if (isWord(lexer, character) || QUOTES.includes(character) || splitOnlyAtSpace) {
    reading.end = lexer.at;
    reading.token += character;
    return "go on";
  }
  lexer.pending = { text: character, start: from, end: lexer.at };
  lexer.state = " ";
  return emitIfAny(lexer, reading);
}

function inQuotes(lexer: Lexer, reading: Reading, character: string): Step {
  const { posix } = lexer.options;
  reading.quoted = true;
  reading.end = lexer.at;
  if (character === "") return { error: "No closing quotation" };
  if (character === lexer.state) {
    if (posix) {
      lexer.state = "a";
      return "go on";
    }
    reading.token += character;
    lexer.state = " ";
    return "emit";
  }
  if (posix && character === "\\" && lexer.state === '"') {
    reading.escapedFrom = lexer.state;
    lexer.state = character;
  } else {
    reading.token += character;
  }
  return "go on";
}

/** Inside quotes a backslash escapes only the quote and itself. */
function escaped(lexer: Lexer, reading: Reading, character: string): Step {
  if (character === "") return { error: "No escaped character" };
  const from = reading.escapedFrom;
  reading.end = lexer.at;
  if (QUOTES.includes(from) && character !== "\\" && character !== from) reading.token += "\\";
  reading.token += character;
  lexer.state = from;
  return "go on";
}

function atEnd(lexer: Lexer): Step {
  lexer.state = null;
  return "emit";
}

function emitIfAny(lexer: Lexer, reading: Reading): Step {
  return reading.token !== "" || (lexer.options.posix && reading.quoted) ? "emit" : "go on";
}

function skipLine(lexer: Lexer): void {
  const end = lexer.text.indexOf("\n", lexer.at);
  lexer.at = end === -1 ? lexer.text.length : end + 1;
}

function isWord(lexer: Lexer, character: string): boolean {
  if (isAsciiWord(character.charCodeAt(0)) || lexer.options.extraWordCharacters.includes(character))
    return true;
  return lexer.options.posix && LATIN_WORD.test(character);
}

function isAsciiWord(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x5f
  );
}
