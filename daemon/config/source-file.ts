import { START } from "./context.ts";
import { type Document, parseDocument } from "./document.ts";
import { replace, surely } from "./edits.ts";
import { type Findings, refuse } from "./findings.ts";
import type { FileContent } from "./machine.ts";
import type { Problem } from "./problem.ts";
import { repr } from "./python/repr.ts";
import { BYTE_ORDER_MARK, decodeUtf8 } from "./python/utf8.ts";
import { say } from "./say.ts";

export const AFTER_MARK = say`A byte order mark (BOM) stands before the first line, and Supervisor does not skip it: save the file as UTF-8 without BOM.`;

/** A file of a configuration, read and split. */
export type SourceFile = {
  readonly document: Document;
  /** Its absolute path. */
  readonly file: string;
  /** Its name in Supervisor's messages. */
  readonly shownAs: string;
  readonly fragment: boolean;
};

/** Splits a file's content; a refusal where it is not UTF-8 (what can be read of it is read all the same). */
export function toSourceFile(
  content: Exclude<FileContent, { kind: "error" }>,
  names: Omit<SourceFile, "document">,
  findings: Findings,
): SourceFile {
  if (content.kind === "document") return checked({ ...names, document: content.document }, findings);
  if (content.kind === "text") return checked({ ...names, document: parseDocument(content.text) }, findings);
  const decoded = decodeUtf8(content.bytes);
  if ("text" in decoded) return checked({ ...names, document: parseDocument(decoded.text) }, findings);
  const document = parseDocument(decoded.textBefore);
  const source = { ...names, document };
  // Python reads on in pieces: it may meet a line outside any section before it meets the wrong byte.
  checkSectionHeader(source, findings, true);
  refuse(findings, {
    code: "file.encoding",
    severity: "error",
    message: say`Line ${decoded.line} is not UTF-8 text: save the file as UTF-8.`,
    file: names.file,
    range: START,
    upstream: decoded.error,
  });
  return source;
}

function checked(source: SourceFile, findings: Findings): SourceFile {
  checkSectionHeader(source, findings, false);
  checkBrokenLines(source, findings);
  return source;
}

/** Something must not stand before the first header, except in a fragment. */
function checkSectionHeader(source: SourceFile, findings: Findings, wholeLinesOnly: boolean): void {
  if (source.fragment) return;
  const { preamble } = source.document;
  const first = [...preamble.broken, ...preamble.entries].sort((a, b) => a.line - b.line)[0];
  if (first === undefined) return;
  const { text } = source.document;
  const start = source.document.lines.starts[first.line] ?? 0;
  const next = source.document.lines.starts[first.line + 1];
  const end = lineTextEnd(text, start);
  if (next === undefined && wholeLinesOnly) return;
  const line = repr(text.slice(start, end) + (next === undefined ? "" : "\n"));
  refuse(findings, {
    ...(first.line === 0 && text.startsWith(BYTE_ORDER_MARK) ? afterMark(source.file) : OUTSIDE_SECTIONS),
    severity: "error",
    file: source.file,
    range: { start, end },
    upstream: `File contains no section headers.\nfile: ${repr(source.shownAs)}, line: ${first.line + 1}\n${line}`,
  });
}

const OUTSIDE_SECTIONS = {
  code: "syntax.no-section",
  message: say`This line stands before any [section] header.`,
};

function afterMark(file: string): Pick<Problem, "code" | "message" | "fixes"> {
  const mark = { start: 0, end: BYTE_ORDER_MARK.length };
  const fixes = surely(say`Remove the byte order mark`, replace(file, mark, ""));
  return { code: "file.byte-order-mark", message: AFTER_MARK, fixes };
}

function lineTextEnd(text: string, start: number): number {
  const rest = /[\r\n]/.exec(text.slice(start));
  return rest === null ? text.length : start + rest.index;
}

function checkBrokenLines(source: SourceFile, findings: Findings): void {
  const { document, file, fragment } = source;
  const sections = fragment ? [document.preamble, ...document.sections] : document.sections;
  const broken = sections.flatMap((section) => section.broken);
  if (broken.length === 0) return;
  const lines = broken.map(({ range, line, terminated }) => {
    const number = String(line + (fragment ? 2 : 1)).padStart(2);
    const text = document.text.slice(range.start, range.end) + (terminated ? "\n" : "");
    return `\n\t[line ${number}]: ${repr(text)}`;
  });
  const upstream = `Source contains parsing errors: ${repr(source.shownAs)}${lines.join("")}`;
  for (const { range, reason } of broken) {
    const message =
      reason === "no-key"
        ? say`There is no option name before this = sign.`
        : say`This line is neither a [section], an option=value nor a comment.`;
    refuse(findings, { code: `syntax.${reason}`, severity: "error", message, file, range, upstream });
  }
}
