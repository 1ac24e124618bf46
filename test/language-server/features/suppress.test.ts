import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import type { Problem } from "../../../daemon/config/problem.ts";
import { say } from "../../../daemon/config/say.ts";
import { withoutSuppressed } from "../../../language-server/features/suppress.ts";

const FILE = "/site/supervisord.conf";

/** The codes that are left of one problem on each line that has `=`: its code is the line's value. */
function left(text: string): string[] {
  const document = parseDocument(text);
  const problems = Array.from(text.matchAll(/=(\S+)/g), ({ 1: code = "", index }): Problem => {
    return {
      code,
      severity: "warning",
      message: say`m`,
      file: FILE,
      range: { start: index, end: index + 1 },
    };
  });
  return withoutSuppressed(problems, { file: FILE, document }).map((problem) => problem.code);
}

test("a comment turns a code off for the line below it", () => {
  expect(left("; supervisord-disable-next-line command.shell\na=command.shell\nb=command.shell")).toEqual([
    "command.shell",
  ]);
});

test("a comment turns codes off for the whole file, wherever it stands", () => {
  expect(
    left("a=command.shell\nb=value.boolean\n  # supervisord-disable command.shell, value.boolean"),
  ).toEqual([]);
});

test("the part before the dot stands for all codes of the kind", () => {
  expect(left("; supervisord-disable command\na=command.shell\nb=comment.glued")).toEqual(["comment.glued"]);
});

test("text that only mentions the comment turns nothing off", () => {
  expect(left("c=; supervisord-disabled command.shell\na=command.shell")).toContain("command.shell");
});

test("problems of other files are left as they are", () => {
  const other: Problem = {
    code: "command.shell",
    severity: "warning",
    message: say`m`,
    file: "/site/other.conf",
    range: { start: 0, end: 0 },
  };
  const document = parseDocument("; supervisord-disable command.shell\n");
  expect(withoutSuppressed([other], { file: FILE, document })).toEqual([other]);
});

test("a code that does not exist is told, with the one that was meant", () => {
  const text = "; supervisord-disable comand.shell\n";
  const [problem] = withoutSuppressed([], { file: FILE, document: parseDocument(text) });
  expect(problem).toMatchObject({ code: "suppress.unknown-code", severity: "hint" });
  expect(text.slice(problem?.range.start, problem?.range.end)).toBe("comand.shell");
  expect(problem?.fixes?.[0]?.edits[0]?.newText).toBe("command.shell");
});

test("a comment without a code is told", () => {
  expect(left("; supervisord-disable-next-line\na=command.shell")).toEqual([
    "command.shell",
    "suppress.no-code",
  ]);
});
