import type { Message } from "vscode-languageserver";

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

/** A list in an answer that is made while it is written, a piece at a time; other ways of sending have it whole. */
export class PieceList<T> {
  readonly pieces: () => Iterable<readonly T[]>;

  constructor(pieces: () => Iterable<readonly T[]>) {
    this.pieces = pieces;
  }

  toJSON(): T[] {
    return [...this.pieces()].flat();
  }
}

/** Pieces that are the JSON of a value together; its parts are those that a message can have. */
export function* piecesOf(value: unknown, depth = 0): Generator<string> {
  if (value instanceof PieceList) yield* written(value.pieces());
  else if (Array.isArray(value)) yield* written(slices(value));
  else if (depth < DEEPEST && isPlain(value)) yield* piecesOfParts(value, depth);
  else yield JSON.stringify(value) ?? "null";
}

/** Whether its JSON is that of its parts. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !("toJSON" in value);
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

function* written(pieces: Iterable<readonly unknown[]>): Generator<string> {
  let lead = "[";
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    yield lead + JSON.stringify(piece).slice(1, -1);
    lead = ",";
  }
  yield lead === "[" ? "[]" : "]";
}

/** Of so many items is a piece. */
const PIECE_ITEMS = 32;

function* slices(list: readonly unknown[]): Generator<readonly unknown[]> {
  for (let at = 0; at < list.length; at += PIECE_ITEMS) yield list.slice(at, at + PIECE_ITEMS);
}
