export type Split =
  | { readonly ok: true; readonly argv: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Splits a `command=` into arguments by the rules of Python's shlex.split, errors in its words. No shell is involved. */
export function splitCommand(command: string): Split {
  const argv: string[] = [];
  let word: string | null = null;
  let i = 0;
  while (i < command.length) {
    const c = command.charAt(i);
    if (c === "'" || c === '"') {
      const quoted = readQuoted(command, i);
      if (!quoted.ok) return quoted;
      word = (word ?? "") + quoted.text;
      i = quoted.end;
    } else if (c === "\\") {
      if (i + 1 === command.length) return { ok: false, reason: "No escaped character" };
      word = (word ?? "") + command.charAt(i + 1);
      i += 2;
    } else if (" \t\r\n".includes(c)) {
      if (word !== null) argv.push(word);
      word = null;
      i += 1;
    } else {
      word = (word ?? "") + c;
      i += 1;
    }
  }
  if (word !== null) argv.push(word);
  return { ok: true, argv };
}

type Quoted =
  | { readonly ok: true; readonly text: string; readonly end: number }
  | { readonly ok: false; readonly reason: string };

/** Reads from the quote at `start`; inside double quotes a backslash escapes only itself and the quote. */
function readQuoted(command: string, start: number): Quoted {
  const quote = command.charAt(start);
  let text = "";
  for (let i = start + 1; i < command.length; i++) {
    const c = command.charAt(i);
    if (c === quote) return { ok: true, text, end: i + 1 };
    if (c === "\\" && quote === '"') {
      if (i + 1 === command.length) return { ok: false, reason: "No escaped character" };
      i += 1;
      const next = command.charAt(i);
      text += next === '"' || next === "\\" ? next : `\\${next}`;
    } else {
      text += c;
    }
  }
  return { ok: false, reason: "No closing quotation" };
}
