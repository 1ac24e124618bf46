import { expect, test } from "vitest";
import { describeHolder, originOf, ownerOf } from "../../../../extension/model/ports/holder.ts";
import { aDaemon, aProcess } from "../../processes.ts";

const machine = [
  { pid: 10, ppid: 1, group: 10, session: 10, startTime: "1" },
  { pid: 11, ppid: 10, group: 10, session: 10, startTime: "1" },
  { pid: 20, ppid: 1, group: 20, session: 20, startTime: "1" },
  { pid: 21, ppid: 20, group: 20, session: 20, startTime: "1" },
  { pid: 30, ppid: 1, group: 30, session: 30, startTime: "1" },
];
const leftBehind = [{ pid: 20, name: "old:old", command: "node old.js", reason: "" }];
const servers = [aDaemon([aProcess("api", { group: "g", pid: 10 })], { pid: 30, leftBehind })];

test("what a program, a program left running, or the daemon itself holds is known as theirs", () => {
  expect(ownerOf(servers, machine, 11)).toEqual({
    kind: "program",
    target: { kind: "process", server: "s.conf", group: "g", name: "api" },
    pid: 11,
  });
  expect(ownerOf(servers, machine, 21)).toEqual({
    kind: "leftBehind",
    server: "s.conf",
    name: "old:old",
    pid: 20,
  });
  expect(ownerOf(servers, machine, 30)).toEqual({ kind: "supervisor", server: "s.conf", pid: 30 });
  expect(ownerOf(servers, machine, 99)).toBeNull();
});

const NO_MARKS = { group: null, name: null, url: null, run: null };

test("what a run before this one left behind is told from programs of other supervisors by its marks", () => {
  const markings = [
    { url: "unix:///control", daemon: "0123" },
    { url: "unix:///w/s.sock", daemon: null },
  ];
  const web = { ...NO_MARKS, group: "web", name: "web" };
  const earlier = { kind: "earlierRun", program: "web" };
  const elsewhere = { kind: "elsewhere", program: "web" };
  expect(originOf({ ...web, run: "0123:web:web:1" }, markings)).toEqual(earlier);
  expect(originOf({ ...web, url: "unix:///w/s.sock" }, markings)).toEqual(earlier);
  expect(originOf({ ...web, run: "4567:web:web:1", url: "unix:///control" }, markings)).toEqual(elsewhere);
  expect(originOf(web, [])).toEqual(elsewhere);
  expect(originOf(NO_MARKS, markings)).toEqual({ kind: "unknown" });
});

test("who holds a port is said with program, server, pid and command", () => {
  const owner = ownerOf(servers, machine, 11);
  expect(owner && describeHolder("web", 3000, owner)).toBe(
    "Port 3000, which web wants, is held by g:api of s.conf (pid 11).",
  );
  const stranger = { kind: "stranger", pid: 9, startTime: "1", command: "node x.js" } as const;
  expect(describeHolder("web", 3000, { ...stranger, origin: originOf(NO_MARKS, []) })).toContain(
    "node x.js (pid 9).",
  );
  expect(
    describeHolder("web", 3000, { ...stranger, origin: { kind: "elsewhere", program: "db" } }),
  ).toContain("the program db of a supervisord");
  expect(describeHolder("web", 80, { kind: "hidden", uid: 0 })).toContain("another user (uid 0)");
});
