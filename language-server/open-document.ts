import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { type Document, parseDocument } from "../daemon/config/document.ts";
import { editDocument } from "../daemon/config/edit-document.ts";
import { type LineTable, lineTable, offsetAt } from "../daemon/config/lines.ts";
import type { TextRange } from "../daemon/config/problem.ts";
import { MAX_LENGTH } from "./features/diagnostics.ts";

/** A document that the editor holds, split into its parts anew only where it is edited. */
export class OpenDocument {
  readonly uri: string;
  #version: number;
  #content: Document | Unread;

  constructor(uri: string, version: number, text: string) {
    this.uri = uri;
    this.#version = version;
    this.#content = contentOf(text);
  }

  get version(): number {
    return this.#version;
  }

  get text(): string {
    return this.#content.text;
  }

  /** Its parts; null where it is too long to be read. */
  get document(): Document | null {
    return "sections" in this.#content ? this.#content : null;
  }

  /** Makes the changes that lead to a version, each to what the one before it has left. */
  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) {
      this.#content =
        "range" in change
          ? edited(this.#content, rangeIn(this.#content.lines, change.range), change.text)
          : contentOf(change.text);
    }
    this.#version = version;
  }
}

/** A text that is too long to be split. */
type Unread = { readonly text: string; readonly lines: LineTable };

function contentOf(text: string): Document | Unread {
  return text.length > MAX_LENGTH ? { text, lines: lineTable(text) } : parseDocument(text);
}

function edited(content: Document | Unread, range: TextRange, text: string): Document | Unread {
  const grown = content.lines.length - (range.end - range.start) + text.length;
  if ("sections" in content && grown <= MAX_LENGTH) return editDocument(content, range, text);
  return contentOf(content.text.slice(0, range.start) + text + content.text.slice(range.end));
}

type ProtocolRange = Extract<TextDocumentContentChangeEvent, { range: unknown }>["range"];

/** Some clients give the ends of a range the wrong way round. */
function rangeIn(lines: LineTable, { start, end }: ProtocolRange): TextRange {
  const [from, to] = [offsetAt(lines, start), offsetAt(lines, end)];
  return from <= to ? { start: from, end: to } : { start: to, end: from };
}
