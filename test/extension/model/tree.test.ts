import { expect, test } from "vitest";
import type { StateName } from "../../../daemon/protocol/states.ts";
import type { Server } from "../../../extension/model/server.ts";
import { buildTree, type Tree } from "../../../extension/model/tree.ts";
import { isNothing, patienceMs, treeChange } from "../../../extension/model/tree-change.ts";
import { type SortOrder, type TreeOptions, USUAL_OPTIONS } from "../../../extension/model/tree-options.ts";
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
    "  web (RUNNING · pid 12 · 1m+) process;stop;restart",
    "  worker (×2 · 1 of 2 running) instances;start;stop;restart",
    "    w_00 (RUNNING · pid 12 · 1m+) process;stop;restart",
    "    w_01 (FATAL) process;start;failing",
  ]);
});

const mixed = aServer("c", [
  aProcess("api", { group: "backend", priority: 5 }),
  aProcess("job-1", { group: "backend", startedAt: 50_000 }),
  aProcess("job-2", { group: "backend", state: "BACKOFF", pid: null }),
  aProcess("cache", { state: "FATAL", pid: null, priority: 20 }),
  aProcess("web", { priority: 10 }),
]);

function labels(options: Partial<TreeOptions>): string[] {
  return outline(buildTree([mixed], NOW, { ...USUAL_OPTIONS, ...options })).map((line) =>
    line.replace(/ \(.*/, ""),
  );
}

test("the processes of one program within a group fold into one row that tells how many they are", () => {
  expect(outline(buildTree([mixed], NOW)).slice(1, 5)).toEqual([
    "  backend (2 of 3 running) group;stop;restart",
    "    api (RUNNING · pid 12 · 1m+) process;stop;restart",
    "    job (×2 · 1 of 2 running) instances;stop;restart",
    "      job-1 (RUNNING · pid 12 · <1m) process;stop;restart",
  ]);
});

test("many processes of one program are folded at first, a few are not", () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index) => aProcess(`w_0${index}`, { group: "w" }));
  const folding = (count: number) =>
    buildTree([aServer("c", numbered(count))], NOW).rows.get("c|w:*")?.folding;
  expect([folding(4), folding(5)]).toEqual(["unfolded", "folded"]);
});

test("a list has no groups, and names programs as commands take them", () => {
  expect(labels({ layout: "flat" })).toEqual([
    "c",
    "  backend:api",
    "  web",
    "  cache",
    "  backend:job-1",
    "  backend:job-2",
  ]);
});

test.each<[SortOrder, string[]]>([
  ["priority", ["backend", "web", "cache"]],
  ["name", ["backend", "cache", "web"]],
  ["state", ["cache", "backend", "web"]],
  ["uptime", ["backend", "web", "cache"]],
])("groups stand in the order of %s", (sort, groups) => {
  const tops = labels({ sort }).filter((line) => /^ {2}\w/.test(line));
  expect(tops.map((line) => line.trim())).toEqual(groups);
});

test("only what fails is shown on demand, and its group still speaks of all its programs", () => {
  const tree = buildTree([mixed], NOW, { ...USUAL_OPTIONS, onlyFailing: true });
  expect(outline(tree)).toEqual([
    "c (3 of 5 running) server;connected;start;stop;restart",
    "  backend (2 of 3 running) group;stop;restart",
    "    job (×2 · 1 of 2 running) instances;stop;restart",
    "      job-2 (BACKOFF) process;stop;restart;failing",
    "  cache (FATAL) process;start;failing",
  ]);
});

test("rows say what the user wants to know, and why a program is down in any case", () => {
  const fields = ["memory", "cpu", "restarts", "ports"] as const;
  const ports = [{ port: 3000, addresses: ["127.0.0.1"], pid: 12 }];
  const extra = { usage: { cpuPercent: 12.4, memoryBytes: 88 * 1024 * 1024 }, restarts: 2, ports };
  const failed = aProcess("bad", { state: "FATAL", pid: null, exit: { kind: "code", code: 3 } });
  const server = aServer("c", [aProcess("web"), failed]);
  const extras = new Map([["c|web:web", extra]]);
  expect(outline(buildTree([server], NOW, { ...USUAL_OPTIONS, fields }, extras)).slice(1)).toEqual([
    "  bad (exit code 3) process;start;failing",
    "  web (88 MB · 12% CPU · 2 restarts · :3000) process;stop;restart",
  ]);
});

test("names of programs that run have the colour of all text, those of others that of their icon", () => {
  const colors = [...buildTree([mixed], NOW).rows.values()].map(({ label, nameColor }) => [label, nameColor]);
  expect(Object.fromEntries(colors)).toMatchObject({
    web: null,
    cache: "supervisord.fatalForeground",
    backend: "supervisord.backoffForeground",
  });
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
  const processes = [aProcess("old"), aProcess("young", { startedAt: NOW - 59_600 })];
  expect(buildTree([aServer("c", processes)], NOW).changesInMs).toBe(400);
  expect(buildTree([aServerThat("c", { kind: "notRunning" })], NOW).changesInMs).toBeNull();
});

function changes(before: readonly Server[], after: readonly Server[], later = NOW) {
  return treeChange(buildTree(before, NOW), buildTree(after, later));
}

test("an unchanged tree draws nothing again", () => {
  expect(isNothing(changes([demo], [demo]))).toBe(true);
});

test("a growing uptime draws the rows that show it, and no other", () => {
  const rows = ["supervisord.conf|web:web", "supervisord.conf|worker:w_00"];
  expect(changes([demo], [demo], NOW + 240_000)).toEqual({ first: rows, above: [], isPassing: false });
});

test("the first minute of a program draws its row once, whatever the clock says", () => {
  const server = aServer("c", [aProcess("young", { startedAt: NOW })]);
  expect(isNothing(changes([server], [server], NOW + 59_999))).toBe(true);
  expect(changes([server], [server], NOW + 60_000)).toMatchObject({ first: ["c|young:young"], above: [] });
});

test("a process that is added draws its parent again", () => {
  const before = aServer("c", [aProcess("a")]);
  const after = aServer("c", [aProcess("a"), aProcess("b")]);
  expect(changes([before], [after])).toEqual({ first: ["c|"], above: [], isPassing: false });
});

test("another server draws everything again", () => {
  expect(changes([demo], [demo, aServerThat("b", { kind: "notRunning" })]).first).toBe("all");
});

function changeTo(state: StateName, names: readonly string[] = ["a"]) {
  const processes = (now: StateName) => names.map((name) => aProcess(name, { state: now }));
  return changes([aServer("c", processes("RUNNING"))], [aServer("c", processes(state))]);
}

test("a process that changes is drawn before what tells of all processes", () => {
  expect(changeTo("STOPPED")).toEqual({ first: ["c|a:a"], above: ["c|"], isPassing: false });
});

test("many processes that change at once are drawn with what tells of all of them", () => {
  const names = Array.from({ length: 17 }, (_, index) => `p${index}`);
  expect(changeTo("STOPPED", names)).toMatchObject({ first: expect.arrayContaining(["c|"]), above: [] });
});

test("a state that seldom lasts waits a moment for the next one, which waits for nothing", () => {
  expect(patienceMs(changeTo("STOPPING"), 0)).toBe(75);
  expect(patienceMs(changeTo("STARTING"), 50)).toBe(25);
  expect(patienceMs(changeTo("STOPPING"), 76)).toBe(0);
  for (const state of ["STOPPED", "BACKOFF", "FATAL", "EXITED"] as const) {
    expect(patienceMs(changeTo(state), 0), state).toBe(0);
  }
});
