/** A piece of a log; `offset` is that of its first byte. */
export type Piece = { readonly text: string; readonly offset: number };

/**
 * The part of a log's text that was not shown yet, when output up to the byte `seenUntil` was: a stream that
 * begins anew sends the end of the log again.
 */
export function unseenPart(text: string, offset: number, seenUntil: number): string {
  if (offset >= seenUntil) return text;
  const bytes = new TextEncoder().encode(text);
  // A log that ends before what was seen is another one: it was rotated or cleared.
  if (offset + bytes.length < seenUntil) return text;
  return new TextDecoder().decode(bytes.subarray(seenUntil - offset));
}

/** The offset of the byte after a text. */
export function endOffset({ text, offset }: Piece): number {
  return offset + new TextEncoder().encode(text).length;
}
