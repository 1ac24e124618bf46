import { expect, test } from "vitest";
import type { Server } from "../../../extension/model/server.ts";
import { buildTree, type Tree } from "../../../extension/model/tree.ts";
import { changedRows } from "../../../extension/model/tree-change.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

const NOW = 60_000;

/** The tree as indented text: id, label, description. */
function outline(tree: Tree): string[] {
  const lines = (ids: readonly string[], indent: string): string[] =>
    ids.flatMap((id) => {
      const row = tree.rows.get(id);
      if (row === undefined) throw new Error(`no row ${id}`);
      return [
        `${indent}${row.label} (${row.description}) ${row.contextValue}`,
        ...lines(row.children, `${indent}  `),
      ];
    });
  return lines(tree.roots, "");
}

const demo = aServer("supervisord.conf", [
  aProcess("web"),
  aProcess("w_00", { group: "worker" }),
  aProcess("w_01", { group: "worker", state: "FATAL", pid: null }),
  aProcess("only", { group: "jobs", state: "STOPPED", pid: null }),
]);

test("a program alone in its own group stands under the server, others under their group", () => {
  expect(outline(buildTree([demo], NOW))).toEqual([
    "supervisord.conf (2 of 4 running) server;connected;start;stop;restart",
    "  jobs (0 of 1 running) group;start",
    "    only (STOPPED) process;start",
    "  web (RUNNING · pid 12 · 1m) process;stop;restart",
    "  worker (1 of 2 running) group;start;stop;restart",
    "    w_00 (RUNNING · pid 12 · 1m) process;stop;restart",
    "    w_01 (FATAL) process;start",
  ]);
});

test("each row's parent has it as a child", () => {
  const { rows } = buildTree([demo], NOW);
  for (const row of rows.values()) {
    if (row.parent !== null) expect(rows.get(row.parent)?.children).toContain(row.id);
  }
});

test("a supervisor that cannot start has its reason as a row that leads to the place", () => {
  const place = { file: "/w/supervisord.conf", line: 3, column: 1 };
  const tree = buildTree(
    [aServerThat("supervisord.conf", { kind: "failed", reason: "Wrong value.", place })],
    NOW,
  );
  expect(outline(tree)).toEqual([
    "supervisord.conf (cannot start) server;failed",
    "  Wrong value. () message",
  ]);
  expect([...tree.rows.values()].at(-1)?.content).toMatchObject({ kind: "message", place });
});

test("the tree changes by itself when the first of its rows does", () => {
  const processes = [aProcess("old"), aProcess("young", { startedAt: NOW - 1600 })];
  expect(buildTree([aServer("c", processes)], NOW).changesInMs).toBe(400);
  expect(buildTree([aServerThat("c", { kind: "notRunning" })], NOW).changesInMs).toBeNull();
});

function changes(before: readonly Server[], after: readonly Server[], later = NOW) {
  return changedRows(buildTree(before, NOW), buildTree(after, later));
}

test("an unchanged tree draws nothing again", () => {
  expect(changes([demo], [demo])).toEqual([]);
});

test("a growing uptime draws the rows that show it, and no other", () => {
  expect(changes([demo], [demo], NOW + 60_000)).toEqual([
    "supervisord.conf|web:web",
    "supervisord.conf|worker:w_00",
  ]);
});

test("the first seconds are drawn though they are not read out", () => {
  const server = aServer("c", [aProcess("young", { startedAt: NOW })]);
  expect(changes([server], [server], NOW + 1000)).toEqual(["c|young:young"]);
});

test("a process that is added draws its parent again", () => {
  const before = aServer("c", [aProcess("a")]);
  const after = aServer("c", [aProcess("a"), aProcess("b")]);
  expect(changes([before], [after])).toEqual(["c|"]);
});

test("another server draws everything again", () => {
  expect(changes([demo], [demo, aServerThat("b", { kind: "notRunning" })])).toBe("all");
});
