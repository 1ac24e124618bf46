import { array, assert, constantFrom, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { createSseParser } from "../../../daemon/client/sse-parser.ts";

function parse(...chunks: string[]) {
  const parser = createSseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

describe("server-sent events", () => {
  test("carry data of one or more lines, and their id", () => {
    expect(parse("id: 7\nevent: x\ndata: a\ndata:  b\n\n")).toEqual([{ id: "7", data: "a\n b" }]);
  });

  test("keep the last id until another comes", () => {
    expect(parse("id:1\ndata:a\n\ndata:b\n\n").map(({ id }) => id)).toEqual(["1", "1"]);
  });

  test("pass over comments and empty events", () => {
    expect(parse(": still here\n\nid: 3\n\n")).toEqual([]);
  });

  test("end lines in any of three ways", () => {
    expect(parse("data:a\r\n\r\ndata:b\r\rdata:c\n\n").map(({ data }) => data)).toEqual(["a", "b", "c"]);
  });

  test("are the same however the text is cut", () => {
    const text =
      "id: 1\r\ndata: one\r\n\r\n: c\nid: 2\ndata: two\ndata: lines\n\ndata:three\r\rdata:four\n\n";
    const whole = parse(text);
    assert(
      property(array(nat(text.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        expect(parse(...at.slice(1).map((end, index) => text.slice(at[index], end)))).toEqual(whole);
      }),
    );
    expect(whole).toHaveLength(4);
  });

  test("never throw on any small text", () => {
    assert(
      property(array(constantFrom("\n", "\r", "data", "id", ":", " ", "x")), (parts) => void parse(...parts)),
    );
  });

  test("that never end are refused", () => {
    const parser = createSseParser();
    const megabyte = "x".repeat(1024 * 1024);
    expect(() => {
      for (let index = 0; index < 20; index++) parser.push(megabyte);
    }).toThrow("an event has no end");
  });
});
