import { expect, test } from "vitest";
import { errandOfTask, tasksOf } from "../../../extension/model/task.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

test("a task names what to do with which program, and may say where and for how long", () => {
  expect(errandOfTask({ type: "supervisord", action: "start", program: "web" })).toEqual({
    action: "start",
    program: "web",
    server: null,
    timeoutMs: 60_000,
  });
  const there = { action: "wait", program: "q:a", server: "b/supervisord.conf", timeout: 0.5 };
  expect(errandOfTask(there)).toEqual({
    action: "wait",
    program: "q:a",
    server: "b/supervisord.conf",
    timeoutMs: 500,
  });
});

test("a task that says something else is told what is wrong", () => {
  expect(errandOfTask({ action: "begin", program: "web" })).toMatch(/^The task's action .* not "begin"\.$/);
  expect(errandOfTask({ action: "start" })).toMatch(/^The task's program .* not nothing\.$/);
  expect(errandOfTask({ action: "start", program: "  " })).toMatch(/program/);
  expect(errandOfTask({ action: "start", program: "web", server: 1 })).toMatch(/server/);
  for (const timeout of [0, -1, "5"])
    expect(errandOfTask({ action: "start", program: "web", timeout })).toMatch(/timeout/);
});

test("each program and each group of several has its tasks", () => {
  const server = aServer("supervisord.conf", [aProcess("web"), aProcess("a", { group: "q" })]);
  const names = tasksOf([server, aServerThat("off", { kind: "notRunning" })].slice(0, 1)).map(
    ({ name }) => name,
  );
  expect(names.filter((name) => name.startsWith("wait"))).toEqual(["wait q:a", "wait web", "wait q:*"]);
  expect(names.filter((name) => name.endsWith(" web"))).toEqual([
    "start web",
    "stop web",
    "restart web",
    "wait web",
  ]);
});

test("where there are several supervisords a task says which one it means", () => {
  const servers = [aServer("a.conf", [aProcess("web")]), aServer("b.conf", [aProcess("web")])];
  const tasks = tasksOf(servers);
  expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
  expect(tasks[0]).toEqual({
    name: "start web (a.conf)",
    definition: { type: "supervisord", action: "start", program: "web", server: "a.conf" },
  });
});
