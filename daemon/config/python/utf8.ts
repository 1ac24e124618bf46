/** A file may begin with it; Python keeps it, and editors do not show it. */
export const BYTE_ORDER_MARK = "\ufeff";

/** Bytes as text; or why they are none, in Python's words, with the text that it had read before. */
export type Decoded =
  | { readonly text: string }
  | { readonly error: string; readonly textBefore: string; readonly offset: number; readonly line: number };

/** Decodes UTF-8 as Python reads a text file: in pieces of 8192 bytes, in which its messages count positions. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  let text = "";
  let base = 0;
  for (
    let end = Math.min(PIECE, bytes.length);
    base < bytes.length;
    end = Math.min(end + PIECE, bytes.length)
  ) {
    const piece = decodePiece(bytes, base, end);
    if (piece.reason === null || piece.reason === UNFINISHED) {
      text += piece.text;
      base = piece.stop;
      if (piece.reason === null || end < bytes.length) continue;
    }
    const line = (text + piece.text).split(/\r\n|\r|\n/).length;
    return {
      error: message(bytes, base, piece.stop, piece.length, piece.reason),
      textBefore: text,
      offset: piece.stop,
      line,
    };
  }
  return { text };
}

const PIECE = 8192;
const UNFINISHED = "unexpected end of data";

type Piece = {
  readonly text: string;
  /** Where decoding stopped. */
  readonly stop: number;
  readonly reason: string | null;
  /** Count of the bytes that are wrong. */
  readonly length: number;
};

function decodePiece(bytes: Uint8Array, start: number, end: number): Piece {
  const units: string[] = [];
  let at = start;
  while (at < end) {
    const size = sequenceLength(bytes[at] ?? 0);
    if (size === 0) return { text: units.join(""), stop: at, reason: "invalid start byte", length: 1 };
    const good = goodBytes(bytes, at, Math.min(size, end - at));
    if (good < Math.min(size, end - at))
      return { text: units.join(""), stop: at, reason: "invalid continuation byte", length: good };
    if (good < size) return { text: units.join(""), stop: at, reason: UNFINISHED, length: good };
    units.push(String.fromCodePoint(codePoint(bytes, at, size)));
    at += size;
  }
  return { text: units.join(""), stop: at, reason: null, length: 0 };
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** How many bytes of a sequence are right; the second byte's bounds exclude long forms, surrogates and too large ones. */
function goodBytes(bytes: Uint8Array, at: number, size: number): number {
  const first = bytes[at] ?? 0;
  for (let i = 1; i < size; i++) {
    const byte = bytes[at + i] ?? 0;
    const low = i > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = i > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return i;
  }
  return size;
}

function codePoint(bytes: Uint8Array, at: number, size: number): number {
  let code = size === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) & (0x7f >> size);
  for (let i = 1; i < size; i++) code = (code << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return code;
}

function message(bytes: Uint8Array, base: number, at: number, length: number, reason: string): string {
  const position = at - base;
  if (length > 1)
    return `'utf-8' codec can't decode bytes in position ${position}-${position + length - 1}: ${reason}`;
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, "0");
  return `'utf-8' codec can't decode byte 0x${byte} in position ${position}: ${reason}`;
}
