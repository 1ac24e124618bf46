/** A piece of a log; `offset` is that of its first byte. */
export type Piece = { readonly text: string; readonly offset: number };

/**
 * The part of a log's text that was not shown yet, when output up to the byte `seenUntil` was: a stream that
 * begins anew sends the end of the log again.
 */
export function unseenPart({ text, offset }: Piece, seenUntil: number): string {
  let at = offset;
  let index = 0;
  for (const character of text) {
    if (at >= seenUntil) break;
    at += utf8Length(character);
    index += character.length;
  }
  // A log that ends before what was seen is another one: it was rotated or cleared.
  return at < seenUntil ? text : text.slice(index);
}

/** The offset of the byte after a piece. */
export function endOffset({ text, offset }: Piece): number {
  let at = offset;
  for (const character of text) at += utf8Length(character);
  return at;
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
