import type { CodeAction, Diagnostic } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { lineEnd } from "../../daemon/config/lines.ts";
import { type Message, say } from "../../daemon/config/say.ts";
import type { Words } from "../l10n/words.ts";
import type { Change } from "./changes.ts";
import { SOURCE } from "./diagnostics.ts";
import { rangeOf } from "./ranges.ts";
import { lineBreakOf } from "./section-edits.ts";

/** Actions that write a comment which turns a problem off, for its line or for the file. */
export function suppressActions(
  uri: string,
  document: Document,
  reported: readonly Diagnostic[],
  words: Words,
): CodeAction[] {
  return reported.flatMap((diagnostic) => {
    const { code, source, range } = diagnostic;
    if (source !== SOURCE || typeof code !== "string") return [];
    const action = (title: Message, { newText, ...at }: Change): CodeAction => ({
      title: words.say(title),
      kind: "quickfix",
      diagnostics: [diagnostic],
      edit: { changes: { [uri]: [{ range: rangeOf(document.lines, at), newText }] } },
    });
    return [
      action(say`Ignore ${code} on this line`, aboveLine(document, range.start.line, code)),
      action(say`Ignore ${code} in this file`, atTop(document, code)),
    ];
  });
}

/** A comment that stands there already gets one more code. */
function aboveLine(document: Document, line: number, code: string): Change {
  const { starts } = document.lines;
  if (line > 0 && isDisabling(document, line - 1, NEXT_LINE)) return appended(document, line - 1, code);
  const start = starts[line] ?? 0;
  return { start, end: start, newText: `; ${NEXT_LINE} ${code}${lineBreakOf(document)}` };
}

function atTop(document: Document, code: string): Change {
  const line = document.lines.starts.findIndex((_, index) => isDisabling(document, index, WHOLE_FILE));
  if (line !== -1) return appended(document, line, code);
  return { start: 0, end: 0, newText: `; ${WHOLE_FILE} ${code}${lineBreakOf(document)}` };
}

const NEXT_LINE = "supervisord-disable-next-line";
const WHOLE_FILE = "supervisord-disable";

function isDisabling({ text, lines }: Document, line: number, word: string): boolean {
  const written = text.slice(lines.starts[line] ?? 0, lineEnd(lines, line));
  return /^\s*[;#]\s*(\S+)/.exec(written)?.[1] === word;
}

function appended({ lines }: Document, line: number, code: string): Change {
  const end = lineEnd(lines, line);
  return { start: end, end, newText: ` ${code}` };
}
