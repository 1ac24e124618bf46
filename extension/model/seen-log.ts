/** A piece of a log; `offset` is that of its first byte. */
export type Piece = { readonly text: string; readonly offset: number };

/** What of a piece is new. `before` is how many bytes between it and what was shown are not. */
export type Fresh = { readonly text: string; readonly before: number };

/**
 * What is new of the first piece that a source tells of a log, when `last` was the last one of the source before: a
 * source begins with the end of the log, seen or not. Null for a log of which nothing was seen.
 */
export function freshPart(piece: Piece, last: Piece | null): Fresh {
  const seenUntil = last === null ? 0 : endOffset(last);
  if (last === null || piece.offset > seenUntil) {
    return {
      text: piece.offset > 0 ? fromLineStart(piece.text) : piece.text,
      before: piece.offset - seenUntil,
    };
  }
  return { text: unseenPart(piece, seenUntil), before: 0 };
}

/** The offset of the byte after a piece. */
export function endOffset({ text, offset }: Piece): number {
  let at = offset;
  for (const character of text) at += utf8Length(character);
  return at;
}

function unseenPart({ text, offset }: Piece, seenUntil: number): string {
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

/** Without the rest of a line whose start is not there; a lone unfinished line stays. */
function fromLineStart(text: string): string {
  const end = text.indexOf("\n");
  return end === -1 || end === text.length - 1 ? text : text.slice(end + 1);
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
