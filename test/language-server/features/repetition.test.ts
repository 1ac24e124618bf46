import { expect, test } from "vitest";
import type { Problem, Severity } from "../../../daemon/config/problem.ts";
import { inEnglish, say } from "../../../daemon/config/say.ts";
import { withoutRepetition } from "../../../language-server/features/repetition.ts";

test("a hundred missing directories are listed one by one, and no more", () => {
  const problems = many("directory.missing", 103);
  const listed = withoutRepetition(problems);
  expect(listed.slice(0, 100)).toEqual(problems.slice(0, 100));
  expect(listed.slice(100).map(shown)).toEqual([
    "information at 100: 3 more like this follow, listed once those above are mended.",
  ]);
});

test("each kind has a hundred of its own", () => {
  const problems = [...many("directory.missing", 100), ...many("command.not-found", 100)];
  expect(withoutRepetition(problems)).toEqual(problems);
});

test("what the text itself has wrong is listed however often it is there, and so are errors", () => {
  const problems = [...many("comment.truncates", 500), ...many("logfile.directory", 500, "error")];
  expect(withoutRepetition(problems)).toEqual(problems);
});

function many(code: string, count: number, severity: Severity = "warning"): Problem[] {
  return Array.from({ length: count }, (_, index) => ({
    code,
    severity,
    message: say`Number ${index}.`,
    file: "/etc/supervisord.conf",
    range: { start: index, end: index + 1 },
  }));
}

function shown({ severity, range, message }: Problem): string {
  return `${severity} at ${range.start}: ${inEnglish(message)}`;
}
