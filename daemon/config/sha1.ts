/** The SHA-1 digest of a text in ASCII, in hexadecimal, as a server's `password={SHA}...` takes it. */
export function sha1(text: string): string {
  const words = paddedWords(text);
  let state: readonly number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let at = 0; at < words.length; at += 16) state = afterBlock(state, words.slice(at, at + 16));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The text's bytes, one bit, and its length in bits, in whole blocks of sixteen words. */
function paddedWords(text: string): number[] {
  const bytes = [...text].map((character) => character.charCodeAt(0) & 0x7f);
  const words: number[] = new Array((((bytes.length + 8) >> 6) + 1) * 16).fill(0);
  for (const [index, byte] of [...bytes, 0x80].entries()) {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8));
  }
  words[words.length - 1] = bytes.length * 8;
  return words;
}

function afterBlock(state: readonly number[], block: readonly number[]): number[] {
  const words = [...block];
  for (let at = 16; at < 80; at++) {
    const mixed = [at - 3, at - 8, at - 14, at - 16].reduce((all, from) => all ^ (words[from] ?? 0), 0);
    words.push(rotated(mixed, 1));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (const [round, word] of words.entries()) {
    const { mix, constant } = ROUNDS[Math.floor(round / 20)] ?? LAST_ROUND;
    const next = (rotated(a, 5) + mix(b, c, d) + e + constant + word) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  return [a, b, c, d, e].map((word, index) => (word + (state[index] ?? 0)) | 0);
}

type Round = { readonly mix: (b: number, c: number, d: number) => number; readonly constant: number };

const LAST_ROUND: Round = { mix: (b, c, d) => b ^ c ^ d, constant: 0xca62c1d6 };
const ROUNDS: readonly Round[] = [
  { mix: (b, c, d) => (b & c) | (~b & d), constant: 0x5a827999 },
  { mix: (b, c, d) => b ^ c ^ d, constant: 0x6ed9eba1 },
  { mix: (b, c, d) => (b & c) | (b & d) | (c & d), constant: 0x8f1bbcdc },
  LAST_ROUND,
];

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
