import { StringDecoder } from "node:string_decoder";
import type { LogChannel, StreamEvent } from "../../protocol/event-stream.ts";
import type { Output } from "../../runtime/output.ts";

/** Whose output it is. */
export type OutputName = { readonly group: string; readonly name: string; readonly channel: LogChannel };

/** Where the events go; whether the client can take more output at the moment. */
export type LogSink = { readonly send: (event: StreamEvent) => void; readonly isReady: () => boolean };

/** How much of what a slow client missed it gets after all: the end, which says how things stand. */
const CATCH_UP_BYTES = 64 * 1024;

/** One output channel on its way to one client, which may be slower than the program. */
export class LogFollower {
  readonly #of: OutputName;
  readonly #output: Output;
  readonly #sink: LogSink;
  readonly #stop: () => void;
  /** A character may be cut in two by the end of a read. */
  #decoder = new StringDecoder("utf8");
  #missedBytes = 0;

  constructor(of: OutputName, output: Output, history: number, sink: LogSink) {
    this.#of = of;
    this.#output = output;
    this.#sink = sink;
    const before = (data: Buffer, offset: number) => this.#send(data, offset, true);
    this.#stop = output.follow(history, before, (data, offset) => this.#receive(data, offset));
  }

  /** The client has read what it was sent: says what it missed, and sends the end of it. */
  catchUp(): void {
    if (this.#missedBytes === 0) return;
    const bytes = Math.min(this.#missedBytes, CATCH_UP_BYTES);
    const gone = this.#missedBytes - bytes;
    this.#missedBytes = 0;
    this.#decoder = new StringDecoder("utf8");
    if (gone > 0) this.#sink.send({ type: "dropped", bytes: gone });
    this.#output.follow(
      bytes,
      (data, offset) => this.#send(data, offset, false),
      () => {},
    )();
  }

  close(): void {
    this.#stop();
  }

  #receive(data: Buffer, offset: number): void {
    if (this.#missedBytes > 0 || !this.#sink.isReady()) this.#missedBytes += data.length;
    else this.#send(data, offset, false);
  }

  #send(data: Buffer, offset: number, history: boolean): void {
    this.#sink.send({ type: "log", ...this.#of, offset, text: this.#decoder.write(data), history });
  }
}
