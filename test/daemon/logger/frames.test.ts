import { expect, test } from "vitest";
import { encodeFrame, FrameReader } from "../../../daemon/logger/frames.ts";

const MESSAGES = [{ type: "ä" }, { type: "b", text: "x".repeat(300) }, { type: "c" }];

/** The frames of a stream that arrives in pieces of that size, as message and text. */
function readInPieces(stream: Buffer, size: number): [unknown, string][] {
  const reader = new FrameReader<unknown>();
  const frames: [unknown, string][] = [];
  for (let at = 0; at < stream.length; at += size) {
    // A copy, as each read of a socket is one.
    const bytes = Buffer.from(stream.subarray(at, at + size));
    for (const { message, data } of reader.read(bytes)) frames.push([message, data.toString()]);
  }
  return frames;
}

test("messages and their bytes come out as they went in, wherever reads cut them", () => {
  const stream = Buffer.concat(MESSAGES.map((message, i) => encodeFrame(message, Buffer.from(`data${i}`))));
  const expected = MESSAGES.map((message, i) => [message, `data${i}`]);
  for (const size of [1, 2, 7, 8, 9, 100, stream.length])
    expect(readInPieces(stream, size)).toEqual(expected);
});

test("a message may have no bytes", () => {
  expect(readInPieces(encodeFrame({ type: "a" }), 3)).toEqual([[{ type: "a" }, ""]]);
});

test("what claims to be larger than any frame is refused before it is waited for", () => {
  const header = Buffer.from([0, 0, 0, 2, 0x7f, 0xff, 0xff, 0xff]);
  expect(() => new FrameReader().read(header)).toThrow("a frame of 2147483657 bytes is none of ours");
});
