import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Question } from "../../daemon/config/machine.ts";
import { findOnMachine, MachineFacts } from "../../language-server/machine-facts.ts";

type Stage = {
  readonly facts: MachineFacts;
  readonly asked: Question[];
  /** Answers the oldest open question. */
  readonly answer: (answer: boolean | null) => Promise<void>;
  readonly told: { news: number; now: number };
};

function stage(): Stage {
  const asked: Question[] = [];
  const open: ((answer: boolean | null) => void)[] = [];
  const find = (question: Question) => {
    asked.push(question);
    return new Promise<boolean | null>((resolve) => open.push(resolve));
  };
  const told = { news: 0, now: 0 };
  const count = () => {
    told.news++;
  };
  const answer = async (known: boolean | null) => {
    await expect.poll(() => open.length, { interval: 1 }).toBeGreaterThan(0);
    open.shift()?.(known);
    await nextTurn();
  };
  return { facts: new MachineFacts(find, count, () => told.now), asked, answer, told };
}

/** Longer than what asks is let go on before the system is asked. */
function whileSystemIsAsked(): Promise<void> {
  return pause(50);
}

describe("a question about the machine", () => {
  test("has no answer at first, and the news of it later", async () => {
    const { facts, answer } = stage();
    const { version } = facts;
    expect(facts.ask("file /x")).toBeNull();
    expect(facts.settled).not.toBeNull();
    await answer(true);
    expect(facts.ask("file /x")).toBe(true);
    expect(facts.settled).toBeNull();
    expect(facts.version).not.toBe(version);
  });

  test("is put to the system once, however often it is asked", async () => {
    const made = stage();
    for (let time = 0; time < 3; time++) made.facts.ask("file /x");
    await made.answer(true);
    made.facts.ask("file /x");
    await whileSystemIsAsked();
    expect(made.asked).toEqual(["file /x"]);
    expect(made.told.news).toBe(1);
  });

  test("is news only where its answer is another one", async () => {
    const made = stage();
    made.facts.ask("file /x");
    await made.answer(true);
    made.facts.forget();
    expect(made.facts.ask("file /x")).toBe(true);
    await made.answer(true);
    expect(made.told.news).toBe(1);
    made.facts.forget();
    made.facts.ask("file /x");
    await made.answer(false);
    expect(made.told.news).toBe(2);
    expect(made.facts.ask("file /x")).toBe(false);
  });

  test("is put again when its answer is old, and the version tells that", async () => {
    const made = stage();
    made.facts.ask("file /x");
    await made.answer(true);
    const { version } = made.facts;
    made.told.now = 60_000;
    expect(made.facts.version).not.toBe(version);
    expect(made.facts.ask("file /x")).toBe(true);
    await whileSystemIsAsked();
    expect(made.asked).toHaveLength(2);
  });

  test("leaves others a way where its own answer does not come", async () => {
    const made = stage();
    for (let number = 0; number < 40; number++) made.facts.ask(`file /${number}`);
    await whileSystemIsAsked();
    expect(made.asked.length).toBeLessThan(40);
    for (let number = 0; number < 40; number++) await made.answer(true);
    expect(made.asked).toHaveLength(40);
    expect(made.told.news).toBe(1);
  });
});

test("the machine tells directories, files, marked ones and executables apart, through links too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "supervisord-facts-"));
  symlinkSync(folder, join(folder, "link"));
  writeFileSync(join(folder, "marked.conf"), "\ufeff[supervisord]\n");
  writeFileSync(join(folder, "short.conf"), "[");
  execFileSync("mkfifo", [join(folder, "pipe")]);
  const questions: [Question, boolean][] = [
    [`directory ${folder}/link`, true],
    [`directory ${process.execPath}`, false],
    [`directory ${folder}/none`, false],
    [`file ${process.execPath}`, true],
    [`executable ${process.execPath}`, true],
    [`executable ${folder}`, false],
    ["executable /etc/passwd", false],
    [`versioned ${folder}/x`, false],
    [`marked ${folder}/marked.conf`, true],
    [`marked ${folder}/short.conf`, false],
    [`marked ${folder}/pipe`, false],
    [`marked ${folder}`, false],
    [`marked ${folder}/none`, false],
  ];
  for (const [question, answer] of questions)
    expect([question, await findOnMachine(question)]).toEqual([question, answer]);
  rmSync(folder, { recursive: true });
});

test.skipIf(process.platform === "darwin")("users and groups are found by name and number", async () => {
  const questions: Question[] = ["user root", "user 0", "group 0", "user no-such-user", "group 4000000000"];
  expect(await Promise.all(questions.map(findOnMachine))).toEqual([true, true, true, false, false]);
});
