import { expect, test } from "vitest";
import { PieceList, PiecewiseEncoder, piecesOf } from "../../language-server/encoder.ts";

type Answer = { readonly jsonrpc: string; readonly id: number; readonly result: unknown };

const answer = (result: unknown): Answer => ({ jsonrpc: "2.0", id: 7, result });
const item = (index: number) => ({ name: `${"程序".repeat(index % 9)} "${index}"`, range: { start: index } });
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index));

test.each([
  ["nothing", answer(null)],
  ["nothing at all", { jsonrpc: "2.0", id: 7, result: undefined }],
  ["an empty object", answer({})],
  ["numbers in an object", answer({ resultId: "1", data: Array.from({ length: 10_000 }, (_, at) => at) })],
  [
    "what JSON has no word for",
    answer({ a: undefined, b: [undefined], c: Number.NaN, d: new Date(0), e: { f: undefined } }),
  ],
  ["an object", answer({ kind: "full", items: items(300) })],
  ["an empty list", answer([])],
  ["a short list", answer(items(64))],
  ["a list of one piece and one item", answer(items(65))],
  ["a list of whole pieces", answer(items(256))],
  ["a long list", answer(items(20_000))],
  ["a list with holes", answer([...items(100), undefined, null, ...items(100)])],
])("%s is encoded as JSON has it", async (_, message) => {
  const encoded = Buffer.from(await new PiecewiseEncoder().encode(message)).toString();
  expect(JSON.parse(encoded)).toEqual(JSON.parse(JSON.stringify(message)));
});

test.each([
  ["no pieces", []],
  ["an empty piece", [[]]],
  ["pieces, some of them empty", [[], [1, 2], [], [3], [4, 5, 6], []]],
])("a list of %s is encoded as the whole that others see", async (_, pieces) => {
  const message = answer({ resultId: "1", data: new PieceList(() => pieces) });
  const encoded = Buffer.from(await new PiecewiseEncoder().encode(message)).toString();
  expect(JSON.parse(encoded)).toEqual(answer({ resultId: "1", data: pieces.flat() }));
  expect(JSON.parse(JSON.stringify(message))).toEqual(JSON.parse(encoded));
});

test("one message after another is encoded in the same memory", async () => {
  const encoder = new PiecewiseEncoder();
  for (const count of [10, 5000, 3, 20_000, 100]) {
    const message = answer(items(count));
    expect(JSON.parse(Buffer.from(await encoder.encode(message)).toString())).toEqual(message);
  }
});

test("a long list is never one string", () => {
  const pieces = [...piecesOf(answer(items(20_000)))];
  const whole = pieces.join("").length;
  for (const piece of pieces) expect(piece.length).toBeLessThan(whole / 100);
});
