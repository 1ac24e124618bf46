/** A line that somebody types into a log terminal, and the ones sent before. */
export type TypedLine = {
  readonly text: string;
  readonly sent: readonly string[];
  /** How many lines back the one shown was taken from; 0 for a new one. */
  readonly back: number;
};

/** What keys make of a line, and the lines that they finish. */
export type Typed = {
  readonly line: TypedLine;
  readonly finished: readonly string[];
  readonly isCancelled: boolean;
};

/** Nothing typed yet. */
export const NOTHING_TYPED: TypedLine = { text: "", sent: [], back: 0 };

const MOST_SENT = 100;
const ESC = String.fromCharCode(27);
/** A key that is not a character, a character, or a part of what was pasted. */
const KEY = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|O.|.)?|\r\n?|[^]`, "gu");

/** The line after these keys, as a terminal sends them. Enter finishes a line, Ctrl+C gives it up. */
export function typeKeys(line: TypedLine, keys: string): Typed {
  let next = line;
  let isCancelled = false;
  const finished: string[] = [];
  for (const [key] of keys.matchAll(KEY)) {
    if (/^[\r\n]/.test(key)) {
      finished.push(next.text);
      next = { text: "", sent: remember(next.sent, next.text), back: 0 };
    } else if (key === CTRL_C) {
      isCancelled = true;
      next = { ...next, text: "", back: 0 };
    } else next = edit(next, key);
  }
  return { line: next, finished, isCancelled };
}

const CTRL_C = String.fromCharCode(3);
const EDITS: Readonly<Record<string, (text: string) => string>> = {
  [String.fromCharCode(127)]: withoutLast,
  "\b": withoutLast,
  [control("U")]: () => "",
  [control("W")]: (text) => text.replace(/\S*\s*$/, ""),
};

function edit(line: TypedLine, key: string): TypedLine {
  const change = EDITS[key];
  if (change !== undefined) return { ...line, text: change(line.text) };
  if (/^.[[O]A$/su.test(key) && key.startsWith(ESC)) return recall(line, line.back + 1);
  if (/^.[[O]B$/su.test(key) && key.startsWith(ESC)) return recall(line, line.back - 1);
  const isText = key === "\t" || (key.codePointAt(0) ?? 0) >= 32;
  return isText ? { ...line, text: line.text + key } : line;
}

function recall(line: TypedLine, back: number): TypedLine {
  if (back < 0 || back > line.sent.length) return line;
  return { ...line, back, text: back === 0 ? "" : (line.sent.at(-back) ?? "") };
}

function remember(sent: readonly string[], text: string): readonly string[] {
  return text === "" || sent.at(-1) === text ? sent : [...sent, text].slice(-MOST_SENT);
}

function withoutLast(text: string): string {
  return [...text].slice(0, -1).join("");
}

function control(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 64);
}
