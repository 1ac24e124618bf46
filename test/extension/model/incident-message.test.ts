import { expect, test } from "vitest";
import {
  inARow,
  incidentSentence,
  incidentsSentence,
  problemSentence,
} from "../../../extension/model/incident-message.ts";
import { lastLine } from "../../../extension/model/last-line.ts";
import { isMuted, mutedProgram, withMuted, withoutMuted } from "../../../extension/model/muted.ts";
import { aProcess } from "../processes.ts";

const crashed = aProcess("web", {
  state: "EXITED",
  expected: false,
  exit: { kind: "code", code: 3 },
  spawnError: "Bad exit code 3",
});
const killed = aProcess("web", {
  state: "EXITED",
  expected: false,
  exit: { kind: "signal", signal: "SIGSEGV" },
});
const missing = aProcess("web", { state: "FATAL", spawnError: "can't find command '/no/such'" });
const retried = aProcess("web", { state: "BACKOFF", exit: { kind: "code", code: 1 } });

test.each([
  [crashed, "down", "web ended unexpectedly: exit code 3."],
  [killed, "restarted", "web ended unexpectedly (ended by SIGSEGV) and was started again."],
  [crashed, "trying", "web ended unexpectedly (exit code 3) and is being started again."],
  [missing, "down", "web failed and is not tried again: can't find command '/no/such'."],
  [retried, "trying", "web does not start (exit code 1) and is tried again."],
] as const)(
  "an incident says how the program ended and what becomes of it: %#",
  (process, fate, sentence) => {
    expect(incidentSentence({ process, fate }, null)).toBe(sentence);
  },
);

test("the last line that a program wrote is quoted, and makes no link", () => {
  expect(incidentSentence({ process: crashed, fate: "down" }, "[Fix](command:evil)")).toBe(
    "web ended unexpectedly: exit code 3. It wrote: [Fix] (command:evil)",
  );
  expect(problemSentence(missing, "oh no")).toContain(
    "not tried again: can't find command '/no/such'. It wrote: oh no",
  );
});

test("many incidents are one message that names some of them", () => {
  const incidents = ["a", "b", "c", "d", "e", "f", "g"].map((name) => ({
    process: aProcess(name),
    fate: "down" as const,
  }));
  expect(incidentsSentence(incidents)).toBe(
    "7 programs ended unexpectedly or did not start: a, b, c, d, e and 2 more.",
  );
});

test.each([
  ["one\ntwo\n\n", "two"],
  ["Error: bad\n    }\n\n---\n", "Error: bad"],
  ["\u001b[31mred\u001b[0m\n", "red"],
  ["connect postgres://me:secret@host/db\n", "connect postgres://me:***@host/db"],
  ["\n\n", null],
  [
    "node:events:497\n      throw er;\n\nError: listen EADDRINUSE: address already in use :::80\n    at Server.listen\n  port: 80\n}\n\nNode.js v20.1.0\n",
    "Error: listen EADDRINUSE: address already in use :::80",
  ],
  ["thrown: 5\n\nNode.js v20.1.0\n", "Node.js v20.1.0"],
  ["x".repeat(300), `${"x".repeat(200)}…`],
])("the last line of %j that says something is %j", (log, line) => {
  expect(lastLine(log)).toBe(line);
});

test("what a program wrote ends before another sentence begins", () => {
  expect(inARow("It wrote: no luck", "The port is taken.")).toBe("It wrote: no luck. The port is taken.");
  expect(inARow("It wrote: no luck!", "The port is taken.")).toBe("It wrote: no luck! The port is taken.");
});

test("a muted program is muted with all its processes, for its own server, until it is unmuted", () => {
  const server = { key: "s", configFile: "/w/s.conf" };
  const program = mutedProgram(server, { group: "pool", name: "pool_01" });
  const muted = withMuted([], [program]);
  expect(isMuted(muted, mutedProgram(server, { group: "pool", name: "pool_02" }))).toBe(true);
  expect(isMuted(muted, mutedProgram(server, { group: "web", name: "web" }))).toBe(false);
  expect(isMuted(muted, { ...program, server: "/other.conf" })).toBe(false);
  expect(withoutMuted(withMuted(muted, [program]), [program])).toEqual([]);
});
