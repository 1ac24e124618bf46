import { expect, test } from "vitest";
import { sectionAt, sectionsOf, targetOfSection } from "../../../extension/model/sections.ts";
import { targetId } from "../../../extension/model/target.ts";
import { aProcess, aServer } from "../processes.ts";

const TEXT = "; [no]\r\n[supervisord]\r\n\r\n[program:web]\r\ncommand=x\r\n  [no]\r\n[group: all ]\n";

test("headers stand at the beginning of a line", () => {
  expect(sectionsOf(TEXT)).toEqual([
    { kind: "supervisord", name: "", line: 1 },
    { kind: "program", name: "web", line: 3 },
    { kind: "group", name: "all", line: 6 },
  ]);
});

test("a line belongs to the header above it", () => {
  expect(sectionAt(TEXT, 0)).toBeNull();
  expect(sectionAt(TEXT, 5)?.name).toBe("web");
});

const other = aServer("other.conf", [aProcess("web"), aProcess("lonely")]);
const own = aServer("own.conf", [
  aProcess("web"),
  aProcess("pool_0", { group: "pool" }),
  aProcess("pool_1", { group: "pool" }),
  aProcess("api", { group: "all" }),
  aProcess("job_0", { group: "all" }),
  aProcess("job_1", { group: "all" }),
]);

test.each([
  ["program", "web", "own.conf|web:web"],
  ["program", "pool", "own.conf|pool:*"],
  ["program", "api", "own.conf|all:api"],
  ["program", "job", "own.conf|all:job:*"],
  ["group", "all", "own.conf|all:*"],
  ["program", "lonely", "other.conf|lonely:lonely"],
  ["program", "new", "own.conf|"],
  ["unix_http_server", "", "own.conf|"],
])("[%s:%s] stands for %s", (kind, name, id) => {
  const target = targetOfSection([other, own], "/w/own.conf", { kind, name });
  expect(target === null ? null : targetId(target)).toBe(id);
});

test("a section of a file that nobody runs stands for what has its name, or for nothing", () => {
  expect(targetOfSection([other], "/x/part.conf", { kind: "program", name: "web" })).toMatchObject({
    server: "other.conf",
  });
  expect(targetOfSection([other], "/x/part.conf", { kind: "program", name: "new" })).toBeNull();
});
