import { expect, test } from "vitest";
import type { Plan, PlannedProgram } from "../../../daemon/protocol/plan.ts";
import { commandList, consentQuestion, consentTo } from "../../../extension/model/consent.ts";

function program(name: string, command: string, facts: Partial<PlannedProgram> = {}): PlannedProgram {
  return {
    group: name,
    name,
    command,
    directory: null,
    user: null,
    autostart: true,
    place: null,
    ports: [],
    ...facts,
  };
}

function plan(programs: readonly PlannedProgram[], digest = "1"): Plan {
  return {
    configFile: "/w/s.conf",
    digest,
    programs,
    problems: [],
    refusal: null,
    ownServer: null,
    files: [],
  };
}

test("the first question shows each command as it would run", () => {
  const programs = [
    program("web", "node server.js", { directory: "/w/site" }),
    program("jobs", "node jobs.js", { directory: "/w" }),
    program("db", "initdb", { user: "postgres", autostart: false }),
  ];
  expect(consentQuestion(plan(programs), "s.conf", null)).toEqual({
    message: "Run the 3 programs of s.conf?",
    detail:
      "• web: node server.js (in /w/site)\n• jobs: node jobs.js\n• db: initdb (as postgres) (not started at once)",
    shortened: false,
  });
});

test("nothing hides in a command: control and direction characters are written out", () => {
  const { detail } = consentQuestion(plan([program("a", "x\n\u202Ey\u001b[2K")]), "s.conf", null);
  expect(detail).toBe("• a: x \\u{202e}y\\u{1b}[2K");
});

test("what is left out of the question is told, and is in the whole list", () => {
  const programs = Array.from({ length: 15 }, (_, index) => program(`p${index}`, "x".repeat(300)));
  const question = consentQuestion(plan(programs), "s.conf", null);
  expect(question.shortened).toBe(true);
  expect(question.detail).toMatch(/… and 3 more$/);
  const list = commandList(plan(programs), "s.conf");
  for (const { name, command } of programs) expect(list).toContain(`${name}\n  command: ${command}`);
});

test("after a change the question shows what changed", () => {
  const before = consentTo(plan([program("web", "old"), program("db", "initdb")]));
  const { message, detail } = consentQuestion(
    plan([program("web", "new"), program("db", "initdb")], "2"),
    "s.conf",
    before,
  );
  expect(message).toBe("The programs of s.conf changed. Run them?");
  expect(detail).toBe("+ web: new\n− web: old");
});

test("a change that no command shows is told as such", () => {
  const before = consentTo(plan([program("web", "run")]));
  const { detail } = consentQuestion(plan([program("web", "run")], "2"), "s.conf", before);
  expect(detail).toBe("The commands are the same, other options changed:\n• web: run");
});

test("a plan that is refused cannot be agreed to", () => {
  expect(consentTo({ ...plan([]), digest: null })).toBeNull();
});
