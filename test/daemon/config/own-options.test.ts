import { describe, expect, test } from "vitest";
import { checkReport } from "../../../daemon/config/check-report.ts";
import { resolvedJson } from "../../../daemon/config/resolved-json.ts";
import { readText } from "./reading.ts";

/** Whether the program's tree is stopped, by what `[supervisord]` and `[program:a]` say. */
function stopsTree(daemon: string, program: string): boolean | undefined {
  const reading = readText(`[supervisord]\n${daemon}\n[program:a]\ncommand=x\n${program}\n`);
  return reading.configuration?.groups[0]?.processes[0]?.stopTree;
}

describe("stop_tree", () => {
  test("is on unless the daemon's section turns it off, and a program decides for itself", () => {
    expect(stopsTree("", "")).toBe(true);
    expect(stopsTree("stop_tree=false", "")).toBe(false);
    expect(stopsTree("stop_tree=false", "stop_tree=true")).toBe(true);
    expect(stopsTree("", "stop_tree=off")).toBe(false);
  });

  test("with a value that means nothing is an error, but no reason to refuse the file: Supervisor takes it", () => {
    for (const value of ["banana", "%(ENV_NO_SUCH)s"]) {
      const text = (daemon: string, program: string) =>
        `[supervisord]\n${daemon}[program:a]\ncommand=x\n${program}`;
      const reading = readText(text("", `stop_tree=${value}\n`));
      expect(reading.problems.map(({ severity, upstream }) => [severity, upstream])).toEqual([
        ["error", undefined],
      ]);
      expect(reading.configuration?.groups[0]?.processes[0]?.stopTree).toBe(true);
      expect(readText(text(`stop_tree=${value}\n`, "")).refusal).toBeNull();
    }
  });

  test("changes nothing of what Supervisor would make of the file", () => {
    const base = "[supervisord]\n[program:a]\ncommand=x\n";
    const own = "[supervisord]\nstop_tree=no\n[program:a]\ncommand=x\nstop_tree=banana\n";
    expect(resolvedJson(readText(own))).toEqual(resolvedJson(readText(base)));
  });
});

test("an option of ours is told with --strict as one that Supervisor ignores, and is no error", () => {
  const reading = readText("[supervisord]\n[program:a]\ncommand=x\nstop_tree=false\n");
  expect(checkReport(reading, false)).toEqual({ lines: [], exitCode: 0 });
  expect(checkReport(reading, true)).toEqual({
    lines: [
      "/site/supervisord.conf:4:1: warning: stop_tree has no effect with Supervisor: only this daemon knows it. [option.ours]",
    ],
    exitCode: 0,
  });
});

test("an option of ours where it does not belong is told as any other", () => {
  const { problems } = readText("[supervisord]\n[unix_http_server]\nfile=/tmp/s\nstop_tree=false\n");
  expect(problems.map(({ code }) => code)).toContain("option.misplaced");
});
