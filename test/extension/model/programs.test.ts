import { expect, test } from "vitest";
import { changeBetween, programsOf } from "../../../extension/model/programs.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

test("other extensions see every process of the supervisords that answer", () => {
  const exit = { kind: "code", code: 3 } as const;
  const servers = [
    aServer("s.conf", [aProcess("web"), aProcess("job", { group: "q", state: "EXITED", pid: null, exit })]),
    aServerThat("off.conf", { kind: "notRunning" }),
  ];
  expect(programsOf(servers)).toEqual([
    {
      id: "s.conf|q:job",
      server: "s.conf",
      group: "q",
      name: "job",
      state: "EXITED",
      pid: null,
      startedAt: 0,
      exitCode: 3,
    },
    {
      id: "s.conf|web:web",
      server: "s.conf",
      group: "web",
      name: "web",
      state: "RUNNING",
      pid: 12,
      startedAt: 0,
      exitCode: null,
    },
  ]);
});

test("a change tells what is new or different and what is gone, and nothing else", () => {
  const before = programsOf([aServer("s.conf", [aProcess("web"), aProcess("api"), aProcess("old")])]);
  const now = [aProcess("web", { pid: 13 }), aProcess("api"), aProcess("new")];
  const change = changeBetween(before, programsOf([aServer("s.conf", now)]));
  expect(change?.changed.map(({ name }) => name)).toEqual(["new", "web"]);
  expect(change?.removed).toEqual(["s.conf|old:old"]);
  expect(changeBetween(before, before)).toBeNull();
});
