import { expect, test } from "vitest";
import { checkReport } from "../../../daemon/config/check-report.ts";
import { readText } from "./reading.ts";

const SILENT = "[supervisord]\n[program:a]\ncommand=x\nautorestrat=true\n";

test("a clean configuration has nothing to print", () => {
  expect(checkReport(readText("[supervisord]\n"), true)).toEqual({ lines: [], exitCode: 0 });
});

test("a problem is printed with its file, line, column, severity and code", () => {
  expect(checkReport(readText(SILENT), false)).toEqual({
    lines: [
      "/site/supervisord.conf:4:1: warning: [program] has no option autorestrat, so Supervisor ignores it. Did you mean autorestart? [option.unknown]",
    ],
    exitCode: 0,
  });
});

test("what Supervisor is silent about is an error when strict", () => {
  const { lines, exitCode } = checkReport(readText(SILENT), true);
  expect(lines[0]).toContain(":4:1: error: ");
  expect(exitCode).toBe(2);
});

test("a refused configuration ends with Supervisor's own message", () => {
  const { lines, exitCode } = checkReport(readText("[supervisord]\nminfds=x\n"), false);
  expect(lines.at(-1)).toBe("Error: invalid literal for int() with base 10: 'x'");
  expect(exitCode).toBe(2);
});
