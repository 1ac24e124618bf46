import { expect, test } from "vitest";
import type { Problem } from "../../../daemon/config/problem.ts";
import { say } from "../../../daemon/config/say.ts";
import { severitiesIn, withSeverities } from "../../../language-server/features/severities.ts";

function weighed(code: string, setting: unknown): string | undefined {
  const problem: Problem = {
    code,
    severity: "warning",
    message: say`m`,
    file: "/f",
    range: { start: 0, end: 0 },
  };
  return withSeverities([problem], severitiesIn(setting))[0]?.severity;
}

test.each([
  ["command.shell", {}, "warning"],
  ["command.shell", { "command.shell": "error" }, "error"],
  ["command.shell", { command: "hint" }, "hint"],
  ["command.shell", { command: "off" }, undefined],
  ["command.shell", { command: "off", "command.shell": "information" }, "information"],
  ["commander.shell", { command: "off" }, "warning"],
  ["command.shell", { "command.shell": "loud" }, "warning"],
  ["command.shell", null, "warning"],
  ["command.shell", "off", "warning"],
])("%s with %j is of severity %s", (code, setting, severity) => {
  expect(weighed(code, setting)).toBe(severity);
});
