import { expect, test } from "vitest";
import { passes, readFilter, writeFilter } from "../../../../daemon/server/web/filter.ts";

const WORKER = { group: "jobs", name: "worker_1", state: "RUNNING" } as const;
const filtered = (query: string) => passes(WORKER, readFilter(new URLSearchParams(query)));

test("no filter lets everything pass", () => {
  expect(filtered("")).toBe(true);
});

test("every word has to be part of the name or the group, in any case", () => {
  expect(filtered("words=WORK")).toBe(true);
  expect(filtered("words=jobs:work")).toBe(true);
  expect(filtered("words=_1+jobs")).toBe(true);
  expect(filtered("words=jobs+web")).toBe(false);
});

test("state and group have to be the very ones", () => {
  expect(filtered("state=RUNNING&group=jobs")).toBe(true);
  expect(filtered("state=STOPPED")).toBe(false);
  expect(filtered("group=job")).toBe(false);
});

test("a filter survives the address", () => {
  const filter = { words: "a&b é", state: "FATAL", group: "" };
  expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
  expect(writeFilter({ words: "", state: "", group: "" })).toBe("");
});
