import { expect, test } from "vitest";
import { stripAnsi } from "../../../extension/model/ansi.ts";
import { addMark, addOutput, EMPTY_OUTPUT, withoutRepeated } from "../../../extension/model/output-text.ts";
import { endOffset, unseenPart } from "../../../extension/model/seen-output.ts";

const COLOURED =
  "\u001b[1;32mINFO\u001b[0m ready\r\n\u001b]8;;http://x\u0007link\u001b]8;;\u001b\\ \u001b(B\u001b7\u0000end\n";

test("colours, links, titles and control characters are taken out", () => {
  expect(stripAnsi("", COLOURED)).toEqual({ text: "INFO ready\nlink end\n", pending: "" });
});

test("the same comes out wherever the pieces are cut", () => {
  for (let cut = 0; cut <= COLOURED.length; cut++) {
    const first = stripAnsi("", COLOURED.slice(0, cut));
    const second = stripAnsi(first.pending, COLOURED.slice(cut));
    expect((first.text + second.text).replace("\r\n", "\n")).toBe("INFO ready\nlink end\n");
    expect(second.pending).toBe("");
  }
});

test("a sequence that never ends holds back no more than 4096 characters", () => {
  const { text, pending } = stripAnsi("", `\u001b]${"x".repeat(10_000)}`);
  expect(text.length + pending.length).toBeGreaterThan(9000);
  expect(pending.length).toBeLessThanOrEqual(4096);
});

test("a million escape characters take less than a second", () => {
  const before = performance.now();
  stripAnsi("", "\u001b[".repeat(500_000));
  expect(performance.now() - before).toBeLessThan(1000);
});

test("a line of one channel is ended before the other one speaks", () => {
  const first = addOutput(EMPTY_OUTPUT, "stdout", "Password: ");
  const second = addOutput(first.state, "stderr", "warning\n");
  const third = addOutput(second.state, "stdout", "ok\n");
  expect([first.text, second.text, third.text]).toEqual(["Password: ", "\nwarning\n", "ok\n"]);
});

test("a line that comes in pieces stays one line", () => {
  const first = addOutput(EMPTY_OUTPUT, "stdout", "50%");
  expect(addOutput(first.state, "stdout", " done\n").text).toBe(" done\n");
});

test("a mark stands on a line of its own", () => {
  const { state } = addOutput(EMPTY_OUTPUT, "stdout", "half");
  expect(addMark(state, "web ended").text).toBe("\n── web ended ──\n");
  expect(addMark(EMPTY_OUTPUT, "web ended").text).toBe("── web ended ──\n");
});

test("a tail that begins with what is shown goes on after it", () => {
  expect(withoutRepeated("one\ntwo\n", "two\nthree\n")).toBe("three\n");
  expect(withoutRepeated("one\n", "two\n")).toBe("two\n");
  expect(withoutRepeated("", "two\n")).toBe("two\n");
});

test("history that was seen is not shown again, in bytes", () => {
  expect(unseenPart({ text: "äöü", offset: 10 }, 14)).toBe("ü");
  expect(unseenPart({ text: "abc", offset: 10 }, 10)).toBe("abc");
  expect(unseenPart({ text: "abc", offset: 10 }, 13)).toBe("");
  expect(unseenPart({ text: "€😀z", offset: 0 }, 7)).toBe("z");
  expect(endOffset({ text: "äb€😀", offset: 5 })).toBe(5 + new TextEncoder().encode("äb€😀").length);
});

test("a log that begins anew is shown from its start", () => {
  expect(unseenPart({ text: "fresh", offset: 0 }, 5000)).toBe("fresh");
});
