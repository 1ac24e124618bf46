import type { Context } from "../context.ts";
import type { Comment, Document, Entry, Piece, Section } from "../document.ts";
import { replace } from "../edits.ts";
import { report } from "../findings.ts";
import type { Fix, Problem } from "../problem.ts";
import { followedBy, type Message, say } from "../say.ts";
import { kindOf, optionOf, type SectionKind, type ValueType } from "../schema.ts";
import { sha1 } from "../sha1.ts";

/**
 * Values that lose their end because `;` or `#` after white space starts a comment. Inside quotes nobody means a
 * comment; outside them, only what looks like a part of the value is told.
 */
export function checkComments(context: Context, file: string, document: Document, section: Section): void {
  if (!section.comments.some(({ inline }) => inline)) return;
  const kind = kindOf(section.name);
  for (const entry of section.entries) {
    const type = kind === null ? "text" : (optionOf(kind, entry.key)?.type ?? "text");
    checkEntry({ context, file, document, kind, type }, entry);
  }
}

type Looked = {
  readonly context: Context;
  readonly file: string;
  readonly document: Document;
  readonly kind: SectionKind | null;
  readonly type: ValueType;
};

function checkEntry(looked: Looked, entry: Entry): void {
  const { context, document, type } = looked;
  if (entry.pieces.every(({ comment }) => comment === null)) return;
  let quote = "";
  for (const piece of entry.pieces) {
    const kept = document.text.slice(piece.range.start, piece.range.end);
    quote = openQuote(kept, quote);
    if (piece.comment === null) continue;
    const lost = document.text.slice(piece.comment.range.start, piece.comment.range.end);
    const inQuotes = quote !== "" && QUOTING.has(type) && lost.includes(quote);
    if (!inQuotes && !looksMeant(type, kept, lost)) continue;
    report(context.findings, truncation(looked, entry, piece, piece.comment, inQuotes));
  }
}

/** Types in which quotes group words. */
const QUOTING: ReadonlySet<ValueType> = new Set(["command", "environment"]);

/** The quote that is open after a text, given the one open before it. */
function openQuote(text: string, before: string): string {
  let quote = before;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "\\" && quote !== "'") at++;
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = "";
  }
  return quote;
}

/** Chinese has no spaces between words, so a remark in it looks like one word; values are hardly ever written so. */
const REMARK_BEYOND_ASCII = /^\s*[^\0-\x7f]/;

/** Whether text after a comment sign reads as the rest of the value, not as a remark on it. */
function looksMeant(type: ValueType, kept: string, lost: string): boolean {
  const rest = lost.slice(1);
  if (kept === "" && type !== "password") return false;
  if (REMARK_BEYOND_ASCII.test(rest)) return false;
  const glued = /^[!-~]+$/.test(rest.trimEnd()) && !/^[;#]/.test(rest);
  if (type === "password" || type === "text") return glued;
  if (type === "environment") return glued || /^[^\s;#]*,\s*\w+=/.test(rest) || /^\s*\w+=\S/.test(rest);
  if (type !== "command") return false;
  return glued || /&&|\|\||\$\(|(^|\s)--?[a-z][\w-]*|\b(done|fi|esac)\b\s*;?$/.test(rest);
}

function truncation(
  looked: Looked,
  entry: Entry,
  piece: Piece,
  comment: Comment,
  inQuotes: boolean,
): Problem {
  const { file, document, type } = looked;
  const key = document.text.slice(entry.keyRange.start, entry.keyRange.end);
  const sign = document.text[comment.range.start] ?? ";";
  const cut = inQuotes
    ? say`Everything from " ${sign}" is a comment, inside quotes too: ${key} ends before it.`
    : say`Everything from " ${sign}" is a comment: ${key} ends before it.`;
  return {
    code: inQuotes ? "comment.in-quotes" : "comment.truncates",
    severity: inQuotes || type === "password" ? "error" : "warning",
    message: followedBy(cut, advice(entry.key, sign)),
    file,
    range: comment.range,
    tags: ["unnecessary"],
    related: [{ file, range: piece.range, message: say`All that is left of ${key}` }],
    fixes: inQuotes ? withoutSpace(looked, piece, comment) : keptFixes(looked, piece, comment),
  };
}

function advice(key: string, sign: string): Message {
  if (key === "command" && sign === ";")
    return say`Remove the space before it, or move the command to a script.`;
  if (key === "command") return say`Move the command to a script.`;
  return say`Take the value from an environment variable with %(ENV_NAME)s.`;
}

/** To a shell a space before `;` means nothing, so the fix takes it out, and those before later signs. */
function withoutSpace({ file, document, type }: Looked, piece: Piece, comment: Comment): Fix[] {
  const lost = document.text.slice(comment.range.start, comment.range.end);
  if (type !== "command" || !lost.startsWith(";") || /\s#/.test(lost)) return [];
  const range = { start: piece.range.end, end: comment.range.end };
  const newText = lost.replace(/\s+;/g, ";");
  return [{ title: say`Remove the space before ;`, edits: [replace(file, range, newText)], preferred: true }];
}

/** What keeps the text that is lost outside quotes: quotes round its first word, or for a password its digest. */
function keptFixes(looked: Looked, piece: Piece, comment: Comment): Fix[] {
  const { file, document, type } = looked;
  const lost = document.text.slice(comment.range.start, comment.range.end);
  if (type === "password") return digestFix(looked, piece, comment);
  const word = /^[;#][^\s'"`\\]+(?=\s|$)/.exec(lost)?.[0];
  if (type !== "command" || word === undefined || /\s[;#]/.test(lost)) {
    return withoutSpace(looked, piece, comment);
  }
  const range = { start: comment.range.start, end: comment.range.start + word.length };
  return [{ title: say`Quote ${word}`, edits: [replace(file, range, `"${word}"`)], preferred: true }];
}

/** A digest has no character that needs care; only servers take one. */
function digestFix({ file, document, kind }: Looked, piece: Piece, comment: Comment): Fix[] {
  const range = { start: piece.range.start, end: comment.range.end };
  const password = document.text.slice(range.start, range.end);
  const isServer = kind === "unix_http_server" || kind === "inet_http_server";
  if (!isServer || !/^[\x20-\x7e]+$/.test(password) || password.includes("%")) return [];
  const newText = `{SHA}${sha1(password)}`;
  return [
    { title: say`Write the digest of ${password}`, edits: [replace(file, range, newText)], preferred: true },
  ];
}
