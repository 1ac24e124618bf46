import { expect, test } from "vitest";
import { Route } from "../../../daemon/logger/route.ts";

const BEGIN = "<!--XSUPERVISOR:BEGIN-->";
const END = "<!--XSUPERVISOR:END-->";

/** The pieces that reads become, each as its kind and text. */
function piecesOf(
  settings: { stripsAnsi?: boolean; captureMaxbytes?: number },
  ...reads: string[]
): string[] {
  const pieces: string[] = [];
  const route = new Route({ stripsAnsi: false, captureMaxbytes: 0, ...settings }, (kind, data) =>
    pieces.push(`${kind}: ${data}`),
  );
  for (const read of reads) route.receive(Buffer.from(read));
  route.end();
  return pieces;
}

test("plain output is passed on as it is read", () => {
  expect(piecesOf({}, "one", "two")).toEqual(["outside: one", "outside: two"]);
});

test("escape sequences are left out, also those that two reads share, and what is empty then is nothing", () => {
  expect(piecesOf({ stripsAnsi: true }, "\x1b[1", "m", "red\x1b[0m")).toEqual(["outside: red"]);
});

test("what stands between the tokens is told as it comes and as a whole, and is not logged", () => {
  expect(
    piecesOf({ captureMaxbytes: 100 }, `before${BEGIN}inside${END} and what follows is longer than a token`),
  ).toEqual([
    "outside: before",
    "inside: inside",
    "message: inside",
    "outside:  and what follows is longer than a token",
  ]);
});

test("what might have become a token is logged when the program has ended, and a message that never ended is dropped", () => {
  expect(piecesOf({ captureMaxbytes: 100 }, "short")).toEqual(["rest: short"]);
  expect(piecesOf({ captureMaxbytes: 100 }, `${BEGIN}cut`)).toEqual([]);
});
