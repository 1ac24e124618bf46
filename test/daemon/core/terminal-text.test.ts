import { expect, test } from "vitest";
import { terminalText } from "../../../daemon/core/terminal-text.ts";

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);
const C1_CSI = String.fromCharCode(155);

test.each([
  ["text, tabs and line ends", "a\tb\r\nc\b", "a\tb\r\nc\b"],
  ["colours", `${ESC}[1;31mred${ESC}[0m${ESC}[K`, `${ESC}[1;31mred${ESC}[0m${ESC}[K`],
  ["a text for the clipboard", `a${ESC}]52;c;ZXZpbA==${BEL}b`, "ab"],
  ["the same ended otherwise", `a${ESC}]52;c;ZXZpbA==${ESC}\\b`, "ab"],
  ["a title", `a${ESC}]0;title${BEL}b`, "ab"],
  ["a question to the terminal", `a${ESC}[6n${ESC}[c${ESC}Zb`, "ab"],
  ["a device string", `a${ESC}P$q"p${ESC}\\b`, "ab"],
  ["moving up and writing over", `a${ESC}[2A${ESC}[2Jb`, "ab"],
  ["another screen", `a${ESC}[?1049hb`, "ab"],
  ["a sequence in eight bits", `a${C1_CSI}6nb`, "a6nb"],
  ["a bell", `a${BEL}b`, "ab"],
])("of %s a terminal gets what is harmless", (_, text, shown) => {
  expect(terminalText("", text)).toEqual({ text: shown, pending: "" });
  let state = { text: "", pending: "" };
  let all = "";
  for (const character of text) {
    state = terminalText(state.pending, character);
    all += state.text;
  }
  expect(all).toBe(shown);
});

test("the beginning of a sequence waits for its end, but not for ever", () => {
  expect(terminalText("", `a${ESC}]52;c;ZXZ`)).toEqual({ text: "a", pending: `${ESC}]52;c;ZXZ` });
  const endless = terminalText("", `a${ESC}]52;${"x".repeat(10_000)}`);
  expect(endless.pending).toBe("");
  expect(endless.text).not.toContain(ESC);
});
