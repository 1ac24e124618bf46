import { expect, test } from "vitest";
import { openedIn, withOpened, withoutOpened } from "../../../extension/model/open-logs.ts";
import type { Target } from "../../../extension/model/target.ts";

const web: Target = { kind: "process", server: "s.conf", group: "web", name: "web" };
const all: Target = { kind: "server", server: "s.conf" };

test("a log that is opened again keeps its place", () => {
  expect(withOpened(withOpened(withOpened([], web), all), web)).toEqual([web, all]);
});

test("only the last twelve are remembered", () => {
  const many = Array.from({ length: 15 }, (_, n): Target => ({ kind: "group", server: "s", group: `g${n}` }));
  const opened = many.reduce(withOpened, [] as readonly Target[]);
  expect(opened).toEqual(many.slice(3));
});

test("a log whose program is gone is forgotten", () => {
  expect(withoutOpened([web, all], { ...web })).toEqual([all]);
});

test.each([
  ["nothing", undefined, []],
  ["what is no list", { kind: "server" }, []],
  [
    "targets, and what is none",
    [web, null, 3, { kind: "group", server: "s" }, { kind: "x" }, all],
    [web, all],
  ],
])("%s is remembered", (_, remembered, opened) => {
  expect(openedIn(remembered)).toEqual(opened);
});

test("what is remembered outlasts being written as JSON", () => {
  expect(openedIn(JSON.parse(JSON.stringify([web, all])))).toEqual([web, all]);
});
