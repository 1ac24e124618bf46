import { expect, test } from "vitest";
import type { ProcessSnapshot } from "../../../daemon/protocol/event-stream.ts";
import { processDetails } from "../../../extension/model/process-details.ts";
import { type Closer, lastLinesOf, NOTHING_CLOSER } from "../../../extension/model/process-facts.ts";
import { processTooltip, type TooltipLinks } from "../../../extension/model/tooltip.ts";
import { aProcess } from "../processes.ts";

const LINKS: TooltipLinks = {
  file: (path) => `file://${path}`,
  command: (command) => `command:${command}`,
  clock: (instantMs) => `at ${instantMs}`,
};

function tooltip(facts: Partial<ProcessSnapshot>, closer: Partial<Closer> = {}, links = LINKS): string[] {
  const text = processTooltip(aProcess("web", facts), { ...NOTHING_CLOSER, ...closer }, 5000, links);
  return text.split(/ {2}\n|\n\n/);
}

test("a tooltip tells the facts that there are, and nothing in it acts as Markdown", () => {
  const facts = {
    command: "echo `date` | tee *",
    spawnError: "[x](command:evil)",
    stdoutLogfile: "/logs/a_b.log",
  };
  expect(tooltip(facts)).toEqual([
    "**web** RUNNING",
    "Command: `` echo `date` | tee * ``",
    "Pid: 12",
    "Up: 5s",
    "Spawn error: \\[x\\]\\(command:evil\\)",
    "Output: [/logs/a\\_b\\.log](file:///logs/a_b.log)",
    "[Stop](command:supervisord.stop) · [Restart](command:supervisord.restart) · [Show Output](command:supervisord.showOutput) · [Details](command:supervisord.showDetails)",
  ]);
});

test("a closer look adds where it runs, its ports, how it ended before, and its last lines", () => {
  const lines = tooltip(
    { state: "FATAL", pid: null, exit: { kind: "code", code: 3 } },
    {
      directory: "/srv/app",
      ports: [
        { port: 3000, addresses: ["127.0.0.1"], pid: 12 },
        { port: 9000, addresses: ["0.0.0.0"], pid: 12 },
      ],
      restarts: 2,
      runs: [
        { endedAt: 4000, exit: { kind: "code", code: 3 }, lastedMs: 2000 },
        { endedAt: 1000, exit: { kind: "signal", signal: "SIGKILL" }, lastedMs: null },
      ],
      lastLines: ["Error: ``` no", "  at x"],
    },
  );
  expect(lines).toEqual([
    "**web** FATAL",
    "Command: `run web`",
    "Directory: [/srv/app](file:///srv/app)",
    "Ports: 3000, 9000 \\(open to other machines\\)",
    "Last end: exit code 3 after 2s",
    "Restarts: 2",
    "- at 4000 exit code 3 after 2s\n- at 1000 ended by SIGKILL",
    "Last lines:",
    "````text\nError: ``` no\n  at x\n````",
    "[Start](command:supervisord.start) · [Show Output](command:supervisord.showOutput) · [Open in Browser](command:supervisord.openInBrowser) · [Details](command:supervisord.showDetails)",
  ]);
});

test("files of another machine are named, and lead nowhere", () => {
  const links = { ...LINKS, file: () => null };
  expect(tooltip({ stderrLogfile: "/logs/e.log" }, {}, links)).toContain("Errors: /logs/e\\.log");
});

test("hovering a process that runs with older settings than the configuration's says how to apply those", () => {
  expect(tooltip({ outdated: true })).toContain(
    "Settings: older than the configuration; restart it to apply those",
  );
});

test("secrets of a command are not shown", () => {
  expect(tooltip({ command: "serve --password hunter2" })).toContain("Command: `serve --password ***`");
});

test("the details list every end that was seen", () => {
  const runs = [
    { endedAt: 4000, exit: { kind: "code", code: 3 } as const, lastedMs: 2000 },
    { endedAt: 1000, exit: null, lastedMs: null },
  ];
  const closer = { ...NOTHING_CLOSER, runs, lastLines: ["boom"] };
  expect(processDetails(aProcess("web", { group: "g" }), closer, 5000, LINKS.clock)).toBe(
    [
      "g:web: RUNNING",
      "  Command: run web",
      "  Pid: 12",
      "  Up: 5s",
      "  Last end: exit code 3 after 2s",
      "",
      "Ended (the last 20)",
      "  at 4000  exit code 3 after 2s",
      "  at 1000  end not seen",
      "",
      "Last lines:",
      "  boom",
      "",
    ].join("\n"),
  );
});

test("last lines have no colours, no empty ones, and an end", () => {
  expect(lastLinesOf(`a\n\u001b[31mred\u001b[0m\n\n${"x".repeat(300)}\n`, 2)).toEqual([
    "red",
    "x".repeat(200),
  ]);
});
