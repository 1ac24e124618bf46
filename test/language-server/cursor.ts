import { type Document, parseDocument } from "../../daemon/config/document.ts";

/** Marks where the cursor stands in the text of a test. */
export const CURSOR = "¦";

/** A document from a text with a cursor mark, and the offset of the mark. */
export function withCursor(marked: string): { document: Document; offset: number } {
  const offset = marked.indexOf(CURSOR);
  if (offset === -1) throw new Error("cannot place the cursor: no mark in the text");
  return { document: parseDocument(marked.replace(CURSOR, "")), offset };
}
