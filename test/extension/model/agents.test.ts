import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ProcessInfo } from "../../../daemon/protocol/process-info.ts";
import {
  awayReason,
  logLines,
  placeOfAct,
  processAnswer,
  processesNamed,
} from "../../../extension/model/agent-answers.ts";
import { AGENT_TOOLS, readAgentInput } from "../../../extension/model/agent-tools.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

test("the manifest declares each tool as it is", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const declared = manifest.contributes.languageModelTools.map(
    (tool: { name: string; modelDescription: string; inputSchema: unknown }) => [
      tool.name,
      tool.modelDescription,
      tool.inputSchema,
    ],
  );
  const tools = Object.values(AGENT_TOOLS);
  expect(declared).toEqual(tools.map((tool) => [`supervisord_${tool.name}`, tool.description, tool.input]));
});

test("every tool that changes something asks, and no other does", () => {
  const asking = Object.values(AGENT_TOOLS).filter(({ question }) => question !== null);
  expect(asking.map(({ name }) => name)).toEqual(["start_program", "stop_program", "restart_program"]);
});

test.each<[unknown, string]>([
  [{}, "read_log needs program, a name that list_programs gives."],
  [{ program: "a", limit: 0 }, "limit is a number from 1 to 1000."],
  [{ program: "a", limit: 1e9 }, "limit is a number from 1 to 1000."],
  [{ program: "a", since: -1 }, "since is the `next` of an earlier answer."],
  [{ program: "a", channel: "stdin" }, "channel is stdout or stderr."],
  [{ program: "a", grep: 1 }, "grep is a text."],
  [
    { program: "a", x: 1 },
    "read_log takes no x; it takes program, channel, since, grep, limit, configuration.",
  ],
])("read_log with %j is answered with a sentence", (given, sentence) => {
  expect(readAgentInput("read_log", given)).toBe(sentence);
});

test("lines are found whatever their case, and shown without escape sequences", () => {
  expect(logLines("a\n\u001b[31mERROR\u001b[0m x\nan error\n", "Error", 5)).toEqual(["ERROR x", "an error"]);
  expect(logLines("1\n2\n3", "", 2)).toEqual(["2", "3"]);
});

test("a name means one process, and a group's means its members", () => {
  const infos = [info("web", "web"), info("queue", "in"), info("queue", "out")];
  const named = (name: string) => processesNamed(infos, name).map((one) => one.name);
  expect(named("web")).toEqual(["web"]);
  expect(named("queue:in")).toEqual(["in"]);
  expect(named("queue:*")).toEqual(["in", "out"]);
  expect(named("queue")).toEqual(["in", "out"]);
  expect(named("out")).toEqual(["out"]);
  expect(named("none")).toEqual([]);
});

test("a process that is down tells how it ended", () => {
  const down = { ...info("web", "web"), pid: 0, statename: "EXITED" as const, stop: 90, exitstatus: 3 };
  expect(processAnswer(down)).toEqual({
    program: "web",
    state: "EXITED",
    stoppedSecondsAgo: 10,
    exitStatus: 3,
  });
});

test("who is asked about an act reads at which of several servers it is", () => {
  const here = aServer("s.conf", [aProcess("web"), aProcess("api")]);
  const staging = { ...aServer("staging", [aProcess("web")]), configFile: null, url: "http://h:1" };
  const asked = (program: string, configuration?: string) =>
    placeOfAct([here, staging], program, configuration);
  expect(asked("api")).toBe("s.conf");
  expect(asked("web", "http://h:1")).toBe("staging (http://h:1)");
  expect(asked("web", "staging")).toBe("staging (http://h:1)");
  expect(asked("web")).toBe("");
  expect(placeOfAct([here], "web", undefined)).toBe("");
  const { text } = AGENT_TOOLS.restart_program.question("web", asked("web", "/w/s.conf"));
  expect(text).toBe("Restart web of s.conf?");
});

test("a server that cannot be used is told of with what can be done about it", () => {
  const locked = { kind: "unreachable", reason: "401", cause: "password" } as const;
  expect(awayReason(aServerThat("a", locked))).toContain("ask the user to sign in");
  expect(awayReason(aServerThat("a", { ...locked, cause: "other" }))).toBe("401");
  expect(awayReason(aServerThat("a", { kind: "notRunning" }))).toContain("ask the user to start it");
  const added = { ...aServerThat("a", { kind: "notRunning" }), configFile: null, url: "http://h:1" };
  expect(awayReason(added)).toBe("Nothing answers there.");
});

function info(group: string, name: string): ProcessInfo {
  return {
    group,
    name,
    start: 50,
    stop: 0,
    now: 100,
    state: 20,
    statename: "RUNNING",
    spawnerr: "",
    exitstatus: 0,
    logfile: "",
    stdout_logfile: "",
    stderr_logfile: "",
    pid: 7,
    description: "",
  };
}
