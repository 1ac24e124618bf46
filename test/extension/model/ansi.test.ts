import { expect, test } from "vitest";
import { forSharedTerminal, forTerminal, stripAnsi } from "../../../extension/model/ansi.ts";

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

test("a terminal shows colours, links to web pages and moves within the text", () => {
  const kept =
    "\u001b[1;38;5;9mred\u001b[0m\r50%\u001b[K\b \u001b[2A\u001b]8;;https://x/y\u0007page\u001b]8;;\u0007";
  expect(forTerminal("", kept)).toEqual({ text: kept, pending: "" });
});

test("a terminal that several programs share lets none of them move", () => {
  expect(forSharedTerminal("", "\u001b[31ma\u001b[2A\u001b[Kb\bc").text).toBe("\u001b[31mabc");
});

test.each([
  ["writes to the clipboard", "\u001b]52;c;aGVsbG8=\u0007"],
  ["gives the terminal a title", "\u001b]0;pwned\u001b\\"],
  ["tells the editor of a command", "\u001b]633;E;rm -rf\u0007"],
  ["links to a file", "\u001b]8;;file:///etc/passwd\u0007"],
  ["links to a command", "\u001b]8;;command:workbench.action.quit\u0007"],
  ["has the terminal answer", "\u001b[c\u001b[6n\u001bZ\u001b[>0q\u001bP$qm\u001b\\"],
  ["turns on the mouse or the other screen", "\u001b[?1000h\u001b[?1049h"],
  ["clears the log", "\u001bc\u001b[2J\u001b[3J\u001b[H"],
  ["uses one byte for the start of a sequence", "\u009d52;c;aGVsbG8=\u009c"],
  ["hides a control in a sequence", "\u001b]52;c;\u0001x\u0007"],
])("what %s does not reach a terminal", (_, sequence) => {
  const { text } = forTerminal("", `a${sequence}b`);
  const controls = [...text].filter(
    (character) => character < " " || (character >= "\u007f" && character <= "\u009f"),
  );
  expect(controls).toEqual([]);
});
