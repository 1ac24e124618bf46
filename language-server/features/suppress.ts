import type { Document, Section } from "../../daemon/config/document.ts";
import { surely } from "../../daemon/config/edits.ts";
import { type LineTable, positionAt } from "../../daemon/config/lines.ts";
import { nearest } from "../../daemon/config/nearest.ts";
import type { Problem, TextRange } from "../../daemon/config/problem.ts";
import { followedBy, say } from "../../daemon/config/say.ts";
import { CODES, namesCode } from "./codes.ts";

/** A file of the configuration, as its comments are looked at. */
type File = { readonly file: string; readonly document: Document };

/** The problems of a file without those that its comments turn off, and with what is wrong about these comments. */
export function withoutSuppressed(
  problems: readonly Problem[],
  { file, document }: File,
): readonly Problem[] {
  if (!isMarked(document)) return problems;
  const { lines } = document;
  const comments = suppressionsIn(lines);
  const isSuppressed = ({ code, range }: Problem) => {
    const { line } = positionAt(lines, range.start);
    return comments.some(
      (comment) =>
        (comment.line === null || comment.line === line) &&
        comment.codes.some(({ written }) => namesCode(written, code)),
    );
  };
  return [
    ...problems.filter((problem) => problem.file !== file || !isSuppressed(problem)),
    ...comments.flatMap((comment) => mistakesIn(file, comment)),
  ];
}

const MARK = /[;#][ \t]*supervisord-disable/y;

/** Most files have no such comment; to search all their text with each key would take longer. */
function isMarked({ preamble, sections }: Document): boolean {
  return isMarkedSection(preamble) || sections.some(isMarkedSection);
}

/** Without a function or a string of its own: there are thousands of sections, with each key. */
function isMarkedSection({ anchor, comments, text }: Section): boolean {
  for (let index = 0; index < comments.length; index++) {
    MARK.lastIndex = (comments[index]?.range.start ?? 0) - anchor.offset;
    if (MARK.test(text)) return true;
  }
  return false;
}

const COMMENT = /^[ \t]*[;#][ \t]*(supervisord-disable(-next-line)?)(?=\s|$)([^\r\n]*)/gm;

type Suppression = {
  /** The line it is for; null for the whole file. */
  readonly line: number | null;
  readonly range: TextRange;
  readonly codes: readonly { readonly written: string; readonly range: TextRange }[];
};

function suppressionsIn(lines: LineTable): Suppression[] {
  return Array.from(lines.text.matchAll(COMMENT), (match) => {
    const [whole, mark = "", nextLine, rest = ""] = match;
    const end = match.index + whole.length;
    const start = end - rest.length;
    return {
      line: nextLine === undefined ? null : positionAt(lines, match.index).line + 1,
      range: { start: start - mark.length, end: start },
      codes: Array.from(rest.matchAll(/[^\s,]+/g), ({ 0: written, index }) => ({
        written,
        range: { start: start + index, end: start + index + written.length },
      })),
    };
  });
}

function mistakesIn(file: string, { range, codes }: Suppression): Problem[] {
  if (codes.length === 0) {
    const message = say`This comment turns nothing off: name the codes of the problems, such as command.shell.`;
    return [{ code: "suppress.no-code", severity: "hint", message, file, range }];
  }
  return codes.flatMap(({ written, range: at }) => {
    if (CODES.some((code) => namesCode(written, code))) return [];
    const meant = nearest(written, CODES);
    return {
      code: "suppress.unknown-code",
      severity: "hint",
      message: followedBy(
        say`No problem has the code ${written}.`,
        meant === null ? null : say`Did you mean ${meant}?`,
      ),
      file,
      range: at,
      fixes: meant === null ? [] : surely(say`Change to ${meant}`, { file, range: at, newText: meant }),
    };
  });
}
