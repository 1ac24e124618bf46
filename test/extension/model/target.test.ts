import { describe, expect, test } from "vitest";
import { namedTargets, processesOf } from "../../../extension/model/acts.ts";
import { findTarget, type Target, targetId } from "../../../extension/model/target.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

const servers = [
  aServerThat("down.conf", { kind: "notRunning" }),
  aServer("a.conf", [
    aProcess("web"),
    aProcess("w_00", { group: "worker" }),
    aProcess("w_01", { group: "worker" }),
  ]),
  aServer("b.conf", [aProcess("web"), aProcess("db")]),
];

describe("a name or id means", () => {
  test.each<[string, string | null]>([
    ["web", "a.conf|web:web"],
    ["b.conf|web", "b.conf|web:web"],
    ["b.conf|web:web", "b.conf|web:web"],
    ["db", "b.conf|db:db"],
    ["worker", "a.conf|worker:*"],
    ["worker:*", "a.conf|worker:*"],
    ["worker:w_01", "a.conf|worker:w_01"],
    ["a.conf|", "a.conf|"],
    ["down.conf|", "down.conf|"],
    ["worker:none", null],
    ["down.conf|web", null],
    ["none", null],
  ])("%s: %s", (text, id) => {
    const target = findTarget(servers, text);
    expect(target === null ? null : targetId(target)).toBe(id);
  });
});

test("the id of every target finds it again", () => {
  const targets: Target[] = [
    { kind: "server", server: "a.conf" },
    { kind: "group", server: "a.conf", group: "worker" },
    { kind: "process", server: "a.conf", group: "worker", name: "w_00" },
  ];
  expect(targets.map((target) => findTarget(servers, targetId(target)))).toEqual(targets);
});

test("a target stands for its own processes", () => {
  const names = (target: Target) => processesOf(servers, target).map(({ name }) => name);
  expect(names({ kind: "server", server: "b.conf" })).toEqual(["db", "web"]);
  expect(names({ kind: "group", server: "a.conf", group: "worker" })).toEqual(["w_00", "w_01"]);
  expect(names({ kind: "process", server: "b.conf", group: "web", name: "web" })).toEqual(["web"]);
  expect(names({ kind: "server", server: "down.conf" })).toEqual([]);
});

test("a selection acts on a process once, though its group is selected too", () => {
  const group: Target = { kind: "group", server: "a.conf", group: "worker" };
  const member: Target = { kind: "process", server: "a.conf", group: "worker", name: "w_00" };
  const other: Target = { kind: "process", server: "b.conf", group: "worker", name: "w_00" };
  const web: Target = { kind: "process", server: "a.conf", group: "web", name: "web" };
  expect(namedTargets(servers, [member, group, other, web, member])).toEqual([group, other, web]);
});
