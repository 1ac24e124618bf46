import type { Socket } from "node:net";
import { encodeFrame, type Frame, FrameReader } from "./frames.ts";

type Events<In> = {
  readonly onFrame: (frame: Frame<In>) => void;
  /** All that was sent is on its way. */
  readonly onDrained: () => void;
  readonly onClosed: () => void;
};

/** One end of the wire between a daemon and its logger. */
export class Connection<In, Out extends object> {
  readonly #socket: Socket;

  constructor(socket: Socket, { onFrame, onDrained, onClosed }: Events<In>) {
    this.#socket = socket;
    const reader = new FrameReader<In>();
    socket.on("data", (bytes) => {
      for (const frame of reader.read(bytes)) onFrame(frame);
    });
    socket.on("drain", onDrained);
    // What is wrong shows in what follows: the end.
    socket.on("error", () => socket.destroy());
    socket.on("close", onClosed);
  }

  /** Bytes that the other side has yet to take. */
  get behind(): number {
    return this.#socket.writableLength;
  }

  send(message: Out, data?: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(encodeFrame(message, data));
  }

  /** Ends it when all is sent. */
  end(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }
}
