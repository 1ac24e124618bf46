import { expect, test } from "vitest";
import { FAULT_CODES } from "../../../daemon/protocol/faults.ts";
import { describeRefusal, summariseFailures } from "../../../extension/model/act-failure.ts";
import { idsOf } from "../../../extension/model/command-arguments.ts";
import { pickerItems } from "../../../extension/model/picker.ts";
import { reloadSteps, reloadSummary } from "../../../extension/model/reload.ts";
import { failureOfOutput, failureOfPlan } from "../../../extension/model/start-failure.ts";
import { aProcess, aServer } from "../processes.ts";

const servers = [
  aServer("s.conf", [
    aProcess("web"),
    aProcess("w_00", { group: "worker" }),
    aProcess("w_01", { group: "worker", state: "STOPPED", pid: null }),
  ]),
];

test("a picker offers the programs and groups that the act fits, with their state", () => {
  const labels = (act: "start" | "stop" | null) =>
    pickerItems(servers, act, 0).map(({ label, description }) => `${label} (${description})`);
  expect(labels("start")).toEqual(["worker:w_01 (STOPPED)", "worker:* (group of 2 programs)"]);
  expect(labels("stop")).toEqual([
    "web (RUNNING · pid 12 · <1m)",
    "worker:w_00 (RUNNING · pid 12 · <1m)",
    "worker:* (group of 2 programs)",
  ]);
  expect(labels(null)).toHaveLength(3);
});

test("force is offered for what is being stopped, and for what a program left behind", () => {
  const leftovers = [{ pid: 13, command: "node a.js" }];
  const stopping = aServer("s.conf", [
    aProcess("web"),
    aProcess("slow", { state: "STOPPING" }),
    aProcess("gone", { state: "EXITED", pid: null, leftovers }),
  ]);
  expect(pickerItems([stopping], "forceStop", 0).map(({ label }) => label)).toEqual(["gone", "slow"]);
});

test("with several servers a picker names each one's", () => {
  const [item] = pickerItems([...servers, ...servers], null, 0);
  expect(item?.description).toBe("RUNNING · pid 12 · <1m · s.conf");
});

test("what is so already is no failure", () => {
  const refusal = (code: number) => ({ name: "web", code, text: "X: web" });
  expect(describeRefusal("start", refusal(FAULT_CODES.ALREADY_STARTED))).toBeNull();
  expect(describeRefusal("stop", refusal(FAULT_CODES.NOT_RUNNING))).toBeNull();
  expect(describeRefusal("stop", refusal(FAULT_CODES.SUCCESS))).toBeNull();
});

test("a refusal is a sentence, also one that is not known", () => {
  const codes = Object.values(FAULT_CODES);
  const sentences = codes.flatMap((code) => describeRefusal("start", { name: "web", code, text: "X" }) ?? []);
  for (const sentence of sentences) expect(sentence).toMatch(/web.*\.$/);
  expect(describeRefusal("start", { name: "web", code: 30, text: "FAILED: disk" })).toContain("FAILED: disk");
});

test("a force stop that did not work says so in words", () => {
  expect(
    describeRefusal("forceStop", { name: "web", code: FAULT_CODES.FAILED, text: "FAILED: too old" }),
  ).toBe("Cannot kill web. Supervisord answers FAILED: too old.");
  expect(describeRefusal("forceStop", { name: "web", code: FAULT_CODES.NOT_RUNNING, text: "X" })).toBeNull();
});

test("many failures are one message", () => {
  expect(summariseFailures([])).toBeNull();
  expect(summariseFailures(["a.", "b."])).toBe("a. b.");
  expect(summariseFailures(["a.", "b.", "c.", "d.", "e."])).toBe("a. b. c. 2 more failed.");
});

test("a reload stops what is gone, replaces what changed and adds what is new", () => {
  const changes = { added: ["new"], changed: ["web"], removed: ["old"] };
  expect(reloadSteps(changes).map(({ step, group }) => `${step} ${group}`)).toEqual([
    "stop old",
    "remove old",
    "stop web",
    "remove web",
    "add web",
    "add new",
  ]);
  expect(reloadSummary("s.conf", changes)).toBe("s.conf is in force: added new; changed web; removed old.");
  expect(reloadSummary("s.conf", { added: [], changed: [], removed: [] })).toBe(
    "s.conf is in force already: nothing changed.",
  );
});

test("a refused plan fails with the words and the place of its first error", () => {
  const plan = {
    configFile: "/w/s.conf",
    digest: null,
    programs: [],
    refusal: "invalid literal",
    ownServer: null,
    files: [],
  };
  const problem = {
    code: "value.integer",
    file: "/w/s.conf",
    line: 4,
    column: 11,
    message: "Not a number.",
    words: null,
  };
  const warning = { ...problem, severity: "warning", line: 1 } as const;
  const error = { ...problem, severity: "error" } as const;
  expect(failureOfPlan({ ...plan, problems: [warning, error] })).toEqual({
    reason: "Not a number.",
    place: { file: "/w/s.conf", line: 4, column: 11 },
  });
  expect(failureOfPlan({ ...plan, problems: [] })).toEqual({ reason: "invalid literal", place: null });
  expect(failureOfPlan({ ...plan, refusal: null, problems: [] })).toBeNull();
});

test("what a daemon writes before it gives up is the reason, with the place where it tells one", () => {
  expect(failureOfOutput("note\n/w/s.conf:4:11: Not a number.\n")).toEqual({
    reason: "Not a number.",
    place: { file: "/w/s.conf", line: 4, column: 11 },
  });
  expect(failureOfOutput("Error: another supervisord runs\n").reason).toBe("another supervisord runs");
  expect(failureOfOutput("Error: it is taken\nFor help, use supervisord -h\n").reason).toBe("it is taken");
  expect(failureOfOutput("").reason).toContain("gave no reason");
});

test.each<[string, readonly unknown[], readonly string[]]>([
  ["the palette names nothing", [], []],
  ["a key binding names one", ["web"], ["web"]],
  ["a key binding names several", [["web", "db"]], ["web", "db"]],
  ["a row alone is meant", ["s|web:web", undefined], ["s|web:web"]],
  ["a row with a selection means the selection", ["s|a:a", ["s|a:a", "s|b:b"]], ["s|a:a", "s|b:b"]],
  ["a key binding says where", [{ server: "s.conf", program: "q:web" }], ["s.conf|q:web"]],
  ["a key binding means a whole server", [{ server: "s.conf" }], ["s.conf|"]],
  ["a program may be an id", [[{ program: "web" }, { server: "x", program: "s|a:b" }]], ["web", "s|a:b"]],
  ["what is no name is left out", [{ id: "web" }, [1, "db"]], ["db"]],
])("%s", (_what, args, ids) => {
  expect(idsOf(args)).toEqual(ids);
});
