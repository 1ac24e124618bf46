/** A message and the bytes that belong to it. */
export type Frame<Message> = { readonly message: Message; readonly data: Buffer };

const HEADER_BYTES = 8;

/** No frame of ours is larger: what claims to be is none. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** A frame as it goes over the wire; the data is copied. */
export function encodeFrame(message: object, data: Uint8Array = NOTHING): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const frame = Buffer.allocUnsafe(HEADER_BYTES + json.length + data.length);
  frame.writeUInt32BE(json.length, 0);
  frame.writeUInt32BE(data.length, 4);
  json.copy(frame, HEADER_BYTES);
  frame.set(data, HEADER_BYTES + json.length);
  return frame;
}

/** Puts the frames of a stream together again. */
export class FrameReader<Message> {
  #rest: Buffer = NOTHING;

  /** The frames that are whole with these bytes; their data is only valid until the next call. Throws for what is no frame. */
  read(bytes: Buffer): Frame<Message>[] {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const frames: Frame<Message>[] = [];
    let at = 0;
    while (all.length - at >= HEADER_BYTES) {
      const start = at + HEADER_BYTES;
      const dataAt = start + all.readUInt32BE(at);
      const end = dataAt + all.readUInt32BE(at + 4);
      if (end - at > MAX_FRAME_BYTES) throw new Error(`a frame of ${end - at} bytes is none of ours`);
      if (end > all.length) break;
      frames.push({
        message: JSON.parse(all.toString("utf8", start, dataAt)),
        data: all.subarray(dataAt, end),
      });
      at = end;
    }
    this.#rest = all.subarray(at);
    return frames;
  }
}
