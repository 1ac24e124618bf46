import { expect, test } from "vitest";
import type { Plan } from "../../../daemon/protocol/plan.ts";
import { languageStatus } from "../../../extension/model/language-status.ts";
import type { Pending } from "../../../extension/model/pending.ts";
import { statusBar } from "../../../extension/model/status-bar.ts";
import { statusTooltip } from "../../../extension/model/status-tooltip.ts";
import { aDaemon, aProcess, aServer, aServerThat } from "../processes.ts";

const PENDING: Pending = {
  kind: "changes",
  added: [],
  changed: ["web"],
  removed: [],
  processes: [],
  sections: [],
};
const REFUSED: Pending = { kind: "refused", reason: "No command.", place: null };

test("each failure stands in the tooltip with its end and with links, fit for Markdown", () => {
  const bad = aProcess("b_d", { state: "FATAL", spawnError: "can't find [x](command:evil)" });
  const server = aServer("s.conf", [aProcess("web"), bad]);
  expect(statusTooltip("1 of 2", [server])).toBe(
    [
      "**1 of 2**",
      "$(error) b\\_d · FATAL: can't find \\[x\\]\\(command:evil\\) — " +
        "[Show Log](command:supervisord.showOutput?%5B%22s.conf%7Cb_d%3Ab_d%22%5D) · " +
        "[Restart](command:supervisord.restart?%5B%22s.conf%7Cb_d%3Ab_d%22%5D)",
    ].join("\n\n"),
  );
});

test("many failures are cut short", () => {
  const many = Array.from({ length: 12 }, (_, index) => aProcess(`p${index}`, { state: "FATAL" }));
  const lines = statusTooltip("x", [aServer("s", many)]).split("\n\n");
  expect([lines.length, lines.at(-1)]).toEqual([10, "4 more failed."]);
});

test("what waits for an update is counted in the status bar, and its tooltip updates it", () => {
  const shown = statusBar([{ ...aServer("s", [aProcess("web")]), pending: PENDING }]);
  expect(shown).toMatchObject({ text: "$(server-process) 1/1 $(sync) 1 changed", isError: false });
  expect(shown?.tooltip).toContain("[Update](command:supervisord.update?%5B%22s%7C%22%5D)");
  expect(shown?.accessibleLabel).toContain("1 changed");
});

test("beside the language stands which supervisor a configuration is for, and what to do", () => {
  const server = aDaemon([], { pid: 7, build: "1.2.3" });
  expect(languageStatus(server, null, "4.3")).toEqual({
    text: "running",
    detail: "s.conf, daemon 1.2.3 with PID 7 · read as Supervisor 4.3",
    severity: "information",
    act: "focus",
  });
  expect(languageStatus({ ...server, pending: PENDING }, null, "4.3")).toMatchObject({
    text: "1 changed",
    severity: "warning",
    act: "update",
  });
  expect(languageStatus({ ...server, pending: REFUSED }, null, "4.3").severity).toBe("error");
  expect(languageStatus(aServer("s", []), null, "4.4").detail).toBe(
    "s, a supervisord at unix:///s · read as Supervisor 4.4",
  );
  expect(languageStatus(aServerThat("s", { kind: "notRunning" }), null, "4.3").act).toBe("startServer");
  expect(languageStatus(null, null, "4.3")).toMatchObject({ detail: "read as Supervisor 4.3", act: null });
});

test("a problem with includes is said there, too", () => {
  const problem = {
    severity: "warning",
    code: "include.no-match",
    words: null,
    file: "/w/s",
    line: 2,
    column: 1,
  } as const;
  const plan: Plan = {
    configFile: "/w/s",
    digest: "1",
    programs: [],
    problems: [
      { ...problem, code: "option.unknown", message: "Other." },
      { ...problem, message: "No file." },
    ],
    refusal: null,
    ownServer: null,
    files: [],
  };
  expect(languageStatus(aServer("s", []), plan, "4.3")).toMatchObject({
    detail: expect.stringContaining("No file."),
    severity: "warning",
  });
});
