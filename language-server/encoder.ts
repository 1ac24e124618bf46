import type { Message } from "vscode-languageserver";

/** What is written at once of a long list: of numbers more, as each takes less. */
const PIECE = { items: 32, numbers: 2048 };

/** A message holds its result, and that its list: nothing deeper is long. */
const DEEPEST = 2;

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
    // No character takes more than three bytes for each of its units.
    const most = this.#used + 3 * text.length;
    if (most > this.#memory.length) this.#grow(most);
    this.#used += this.#memory.write(text, this.#used);
  }

  #grow(length: number): void {
    const grown = Buffer.allocUnsafe(Math.max(length, 2 * this.#memory.length));
    this.#memory.copy(grown, 0, 0, this.#used);
    this.#memory = grown;
  }
}

/** Pieces that are the JSON of a value together; its parts are those that a message can have. */
export function* piecesOf(value: unknown, depth = 0): Generator<string> {
  if (Array.isArray(value)) yield* piecesOfList(value);
  else if (typeof value === "object" && value !== null && depth < DEEPEST) yield* piecesOfParts(value, depth);
  else yield JSON.stringify(value) ?? "null";
}

function* piecesOfParts(whole: object, depth: number): Generator<string> {
  let lead = "{";
  for (const [name, part] of Object.entries(whole)) {
    if (part === undefined) continue;
    yield `${lead}${JSON.stringify(name)}:`;
    yield* piecesOf(part, depth + 1);
    lead = ",";
  }
  yield lead === "{" ? "{}" : "}";
}

function* piecesOfList(list: readonly unknown[]): Generator<string> {
  const size = typeof list[0] === "number" ? PIECE.numbers : PIECE.items;
  if (list.length <= size) {
    yield JSON.stringify(list);
    return;
  }
  let lead = "[";
  for (let at = 0; at < list.length; at += size) {
    yield lead + JSON.stringify(list.slice(at, at + size)).slice(1, -1);
    lead = ",";
  }
  yield "]";
}
