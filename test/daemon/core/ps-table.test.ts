import { expect, test } from "vitest";
import { parsePs } from "../../../daemon/core/ps-table.ts";

test("the process table of macOS is read without its dead, group for session", () => {
  const text = `    1     0     1 Ss   Sat Nov 21 08:00:01 2026
  412     1   412 S+   Sat Nov 21 09:30:00 2026
  413   412   412 Z    Sat Nov 21 09:30:01 2026

`;
  expect(parsePs(text)).toEqual([
    { pid: 1, ppid: 0, group: 1, session: 1, startTime: "Sat Nov 21 08:00:01 2026" },
    { pid: 412, ppid: 1, group: 412, session: 412, startTime: "Sat Nov 21 09:30:00 2026" },
  ]);
});
