import type { Message } from "vscode-languageserver";

/** Of so many items is a piece that is written at once. */
const PIECE_ITEMS = 64;

/**
 * Encodes messages as JSON, long answers piece by piece into memory that is used again: as one string each would leave
 * megabytes behind. What it gives is to be sent before the next message is encoded.
 */
export class PiecewiseEncoder {
  readonly name = "application/json";
  #memory = Buffer.allocUnsafe(64 * 1024);
  #used = 0;

  async encode(message: Message): Promise<Uint8Array> {
    this.#used = 0;
    for (const piece of piecesOf(message)) this.#append(piece);
    return this.#memory.subarray(0, this.#used);
  }

  #append(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#used + length > this.#memory.length) this.#grow(this.#used + length);
    this.#used += this.#memory.write(text, this.#used);
  }

  #grow(length: number): void {
    const grown = Buffer.allocUnsafe(Math.max(length, 2 * this.#memory.length));
    this.#memory.copy(grown, 0, 0, this.#used);
    this.#memory = grown;
  }
}

/** Pieces that are the message's JSON together. */
export function* piecesOf(message: Message): Generator<string> {
  const result: unknown = "result" in message ? message.result : null;
  if (!Array.isArray(result) || result.length <= PIECE_ITEMS) {
    yield JSON.stringify(message);
    return;
  }
  const others = { ...message, result: undefined };
  yield `${JSON.stringify(others).slice(0, -1)},"result":[`;
  for (let at = 0; at < result.length; at += PIECE_ITEMS) {
    const items = JSON.stringify(result.slice(at, at + PIECE_ITEMS)).slice(1, -1);
    yield at === 0 ? items : `,${items}`;
  }
  yield "]}";
}
