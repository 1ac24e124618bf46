import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capture, NO_CAPTURE } from "../../../daemon/core/capture.ts";

const BEGIN = "<!--XSUPERVISOR:BEGIN-->";
const END = "<!--XSUPERVISOR:END-->";

/** What becomes of output that comes in these reads, `kind: text` each; what is held at the end comes last. */
function play(reads: readonly string[], maxbytes = 1000): string[] {
  let state = NO_CAPTURE;
  const seen: string[] = [];
  for (const read of reads) {
    // The reader's buffer is used again for the next read.
    const buffer = Buffer.from(read);
    const { next, pieces } = capture(state, buffer, maxbytes);
    for (const { kind, data } of pieces) seen.push(`${kind}: ${Buffer.from(data).toString()}`);
    buffer.fill("#");
    state = next;
  }
  return [...seen, `held: ${Buffer.from(state.held).toString()}`];
}

describe("capture mode", () => {
  test("takes the message out of the output", () => {
    const after = "and all that comes after it";
    expect(play([`before${BEGIN}hello${END}${after}`])).toEqual([
      "outside: before",
      "inside: hello",
      "message: hello",
      `outside: ${after}`,
      "held: ",
    ]);
  });

  test("waits until there is more than a token to look at, as Supervisor does", () => {
    expect(play(["short\n"])).toEqual(["held: short\n"]);
    expect(play(["short\n", "and then a longer line\n"])).toEqual([
      "outside: short\nand then a longer line\n",
      "held: ",
    ]);
  });

  test("holds back what may become a token", () => {
    expect(play([`a line that is long enough ${BEGIN.slice(0, 9)}`])).toEqual([
      "outside: a line that is long enough ",
      "held: <!--XSUPE",
    ]);
  });

  test("keeps no more of a message than asked for, the newest", () => {
    const long = `${BEGIN}${"a".repeat(40)}`;
    const story = play([long, "b".repeat(40), `${"c".repeat(40)}${END}${"-".repeat(30)}`], 50);
    expect(story.find((line) => line.startsWith("message"))).toBe(`message: ${"c".repeat(40)}`);
  });

  test("tells an empty message", () => {
    expect(play([`${BEGIN}${END}${"-".repeat(30)}`])).toContain("message: ");
  });

  test("finds the same messages and loses nothing wherever reads cut the output", () => {
    const text = `one${BEGIN}first${END}two <!-- three ${BEGIN}second <!--${END}and a tail that is long`;
    const outcome = (reads: readonly string[]) => {
      const story = play(reads);
      const of = (kind: string) =>
        story.filter((line) => line.startsWith(kind)).map((line) => line.slice(line.indexOf(":") + 2));
      return { messages: of("message"), outside: [...of("outside"), ...of("held")].join("") };
    };
    const whole = outcome([text]);
    expect(whole.messages).toEqual(["first", "second <!--"]);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 30 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        const reads = at.slice(1).map((end, i) => text.slice(at[i], end));
        expect(outcome(reads)).toEqual(whole);
      }),
    );
  });
});
