import { expect, test } from "vitest";
import { NOTHING_TYPED, typeKeys } from "../../../extension/model/typed-line.ts";

const typed = (keys: string) => typeKeys(NOTHING_TYPED, keys);

test("Enter finishes a line, and what is pasted may hold several", () => {
  expect(typed("y\r").finished).toEqual(["y"]);
  expect(typed("\u001b[200~one\r\ntwo\nthree\u001b[201~")).toMatchObject({
    finished: ["one", "two"],
    line: { text: "three" },
  });
});

test("an empty line is one, too", () => {
  expect(typed("\r").finished).toEqual([""]);
});

test("Backspace takes a whole character, Ctrl+W a word, Ctrl+U all", () => {
  expect(typed("a😀\u007f").line.text).toBe("a");
  expect(typed("one two \u0017").line.text).toBe("one ");
  expect(typed("one two\u0015").line.text).toBe("");
});

test("the arrows bring back lines that were sent", () => {
  const sent = typed("one\rtwo\rtwo\r").line;
  expect(typeKeys(sent, "\u001b[A").line.text).toBe("two");
  expect(typeKeys(sent, "\u001b[A\u001bOA").line.text).toBe("one");
  expect(typeKeys(sent, "\u001b[A\u001b[A\u001b[A\u001b[B\u001b[B").line.text).toBe("");
});

test("Ctrl+C gives the line up and sends nothing", () => {
  expect(typed("rm -rf\u0003")).toMatchObject({ finished: [], isCancelled: true, line: { text: "" } });
});

test("other keys leave no trace", () => {
  expect(typed("a\u001b[3~\u001bOP\u001b\u0001b").line.text).toBe("ab");
});
