import { type Capture, capture, NO_CAPTURE } from "../core/capture.ts";
import { type AnsiState, stripAnsi } from "../core/strip-ansi.ts";

/** What a channel's output is to go through beyond its log. */
export type RouteWishes = {
  readonly stripsAnsi: boolean;
  /** 0 for no capture mode. */
  readonly captureMaxbytes: number;
  /** Told of each piece of output where log events are enabled; null where they are not. */
  readonly onOutput: ((data: Buffer) => void) | null;
  /** Told of each message that was captured. */
  readonly onMessage: (data: Buffer) => void;
  readonly syslog: ((text: string) => void) | null;
};

/** The way of output to its log where it is looked at on the way. */
export class OutputRoute {
  readonly #wishes: RouteWishes;
  readonly #keep: (data: Buffer) => void;
  #ansi: AnsiState = "text";
  #capture: Capture = NO_CAPTURE;

  /** `keep` is where the log is written. Data is only valid during the calls. */
  constructor(wishes: RouteWishes, keep: (data: Buffer) => void) {
    this.#wishes = wishes;
    this.#keep = keep;
  }

  receive(data: Buffer): void {
    const plain = this.#wishes.stripsAnsi ? this.#strip(data) : data;
    if (this.#wishes.captureMaxbytes === 0) this.#log(plain);
    else this.#takeApart(plain);
  }

  /** The child is gone: what was held back in case a token followed is logged, and nothing is left for the next run. */
  end(): void {
    const { held, captured } = this.#capture;
    this.#capture = NO_CAPTURE;
    this.#ansi = "text";
    if (captured === null && held.length > 0) this.#write(bufferOf(held));
  }

  #strip(data: Buffer): Buffer {
    const { next, data: plain } = stripAnsi(this.#ansi, data);
    this.#ansi = next;
    return bufferOf(plain);
  }

  #takeApart(data: Buffer): void {
    const { next, pieces } = capture(this.#capture, data, this.#wishes.captureMaxbytes);
    this.#capture = next;
    for (const piece of pieces) {
      const bytes = bufferOf(piece.data);
      if (piece.kind === "message") this.#wishes.onMessage(bytes);
      else if (piece.kind === "inside") this.#wishes.onOutput?.(bytes);
      else this.#log(bytes);
    }
  }

  #log(data: Buffer): void {
    if (data.length === 0) return;
    this.#write(data);
    this.#wishes.onOutput?.(data);
  }

  #write(data: Buffer): void {
    this.#keep(data);
    this.#wishes.syslog?.(data.toString());
  }
}

function bufferOf(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
