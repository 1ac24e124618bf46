import { type Capture, capture, NO_CAPTURE } from "../core/capture.ts";
import { type AnsiState, stripAnsi } from "../core/strip-ansi.ts";
import type { ChannelSettings, PieceKind } from "./messages.ts";

/** The way of output to its log where it is looked at on the way. */
export class Route {
  readonly #settings: Pick<ChannelSettings, "stripsAnsi" | "captureMaxbytes">;
  readonly #pass: (kind: PieceKind, data: Buffer) => void;
  #ansi: AnsiState = "text";
  #capture: Capture = NO_CAPTURE;

  /** `pass` is given each piece; data is only valid during the calls. */
  constructor(
    settings: Pick<ChannelSettings, "stripsAnsi" | "captureMaxbytes">,
    pass: (kind: PieceKind, data: Buffer) => void,
  ) {
    this.#settings = settings;
    this.#pass = pass;
  }

  receive(data: Buffer): void {
    const { stripsAnsi, captureMaxbytes } = this.#settings;
    const plain = stripsAnsi ? this.#strip(data) : data;
    if (captureMaxbytes > 0) this.#takeApart(plain, captureMaxbytes);
    else if (plain.length > 0) this.#pass("outside", plain);
  }

  /** The child is gone: what was held back in case a token followed is logged, and nothing is left for the next run. */
  end(): void {
    const { held, captured } = this.#capture;
    this.#capture = NO_CAPTURE;
    this.#ansi = "text";
    if (captured === null && held.length > 0) this.#pass("rest", bufferOf(held));
  }

  #strip(data: Buffer): Buffer {
    const { next, data: plain } = stripAnsi(this.#ansi, data);
    this.#ansi = next;
    return bufferOf(plain);
  }

  #takeApart(data: Buffer, maxbytes: number): void {
    const { next, pieces } = capture(this.#capture, data, maxbytes);
    this.#capture = next;
    for (const piece of pieces) this.#pass(piece.kind, bufferOf(piece.data));
  }
}

function bufferOf(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
