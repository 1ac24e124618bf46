import { StringDecoder } from "node:string_decoder";
import { CATCH_UP_BYTES, type FollowRequest } from "../../logger/messages.ts";
import type { LogChannel, StreamEvent } from "../../protocol/event-stream.ts";
import type { Output } from "../../runtime/output.ts";

/** Whose output it is. */
export type OutputName = { readonly group: string; readonly name: string; readonly channel: LogChannel };

/** Where the events go; whether the client can take more output at the moment. */
export type LogSink = { readonly send: (event: StreamEvent) => void; readonly isReady: () => boolean };

/** One output channel on its way to one client, which may be slower than the program. */
export class LogFollower {
  readonly #of: OutputName;
  readonly #output: Output;
  readonly #sink: LogSink;
  #stop: () => void;
  /** A character may be cut in two by the end of a read. */
  #decoder = new StringDecoder("utf8");
  /** Where what was sent ends; null before anything was. */
  #sentUntil: number | null = null;
  #state: "following" | "behind" = "following";

  constructor(of: OutputName, output: Output, history: number, sink: LogSink) {
    this.#of = of;
    this.#output = output;
    this.#sink = sink;
    this.#stop = this.#follow({ from: null, atMost: history });
  }

  /** The client has read what it was sent: goes on with the end of what it missed. */
  catchUp(): void {
    if (this.#state === "following") return;
    this.#state = "following";
    this.#stop();
    this.#stop = this.#follow({ from: this.#sentUntil, atMost: CATCH_UP_BYTES });
  }

  close(): void {
    this.#stop();
  }

  #follow(request: FollowRequest): () => void {
    return this.#output.follow(request, (data, offset, isHistory) => {
      if (this.#state === "following" && this.#sink.isReady()) this.#send(data, offset, isHistory);
      else this.#state = "behind";
    });
  }

  #send(data: Buffer, offset: number, isHistory: boolean): void {
    const missed = this.#sentUntil === null ? 0 : offset - this.#sentUntil;
    if (missed !== 0) this.#decoder = new StringDecoder("utf8");
    // A log that was emptied starts over.
    if (missed > 0) this.#sink.send({ type: "dropped", bytes: missed });
    const history = isHistory && this.#sentUntil === null;
    this.#sentUntil = offset + data.length;
    if (data.length === 0) return;
    this.#sink.send({ type: "log", ...this.#of, offset, text: this.#decoder.write(data), history });
  }
}
