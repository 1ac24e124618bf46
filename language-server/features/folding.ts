import type { FoldingRange } from "vscode-languageserver";
import { type Comment, type Document, type Section, textIn } from "../../daemon/config/document.ts";

/** What can be folded: sections, values of several lines, blocks of comments and `; region` pairs. */
export function foldingOf(document: Document): FoldingRange[] {
  const sections = [document.preamble, ...document.sections];
  const comments = sections.flatMap((section) => section.comments.filter((comment) => !comment.inline));
  return [...sections.flatMap(sectionFolds), ...commentFolds(comments), ...regionFolds(document, comments)];
}

function sectionFolds(section: Section): FoldingRange[] {
  const folds = section.entries.flatMap((entry) => fold(entry.line, entry.lastLine));
  if (section.header === null) return folds;
  const last = section.entries.at(-1);
  const end = last?.lastLine ?? section.header.line;
  return [...fold(section.header.line, end), ...folds];
}

function commentFolds(comments: readonly Comment[]): FoldingRange[] {
  const folds: FoldingRange[] = [];
  let first: Comment | undefined;
  let last: Comment | undefined;
  for (const comment of comments) {
    if (last === undefined || comment.line !== last.line + 1) {
      folds.push(...blockFold(first, last));
      first = comment;
    }
    last = comment;
  }
  return [...folds, ...blockFold(first, last)];
}

function blockFold(first: Comment | undefined, last: Comment | undefined): FoldingRange[] {
  if (first === undefined || last === undefined) return [];
  return fold(first.line, last.line, "comment");
}

const REGION = /^[;#]\s*#?(end)?region\b/;

function regionFolds(document: Document, comments: readonly Comment[]): FoldingRange[] {
  const open: number[] = [];
  return comments.flatMap((comment) => {
    const mark = REGION.exec(textIn(document, comment.range.start, comment.range.end));
    if (mark === null) return [];
    if (mark[1] === undefined) {
      open.push(comment.line);
      return [];
    }
    const start = open.pop();
    return start === undefined ? [] : fold(start, comment.line, "region");
  });
}

function fold(startLine: number, endLine: number, kind?: "comment" | "region"): FoldingRange[] {
  if (endLine <= startLine) return [];
  return [kind === undefined ? { startLine, endLine } : { startLine, endLine, kind }];
}
