import { expect, test } from "vitest";
import { type SearchedLog, searchLogs } from "../../../extension/model/log-search.ts";

const log = (label: string, text: string): SearchedLog => ({ label, text, skipped: 0 });
const WEB = log("web", "start\nGET /a\nError: boom\nGET /b\nerror: again error\n");
const API = log("api", "nothing\nboom");

test("lines of all logs are found, the newest of each first, and each once", () => {
  const { hits, total } = searchLogs([WEB, API], "error", 10);
  expect(hits.map(({ log, line, column, text }) => [log.label, line, column, text])).toEqual([
    ["web", 4, 0, "error: again error"],
    ["web", 2, 0, "Error: boom"],
  ]);
  expect(total).toBe(2);
});

test("capitals count where there are some, and signs stand for themselves", () => {
  expect(searchLogs([WEB], "Error", 10).hits.map(({ line }) => line)).toEqual([2]);
  expect(searchLogs([log("a", "a.b\naxb")], "a.b", 10).total).toBe(1);
});

test("no more of a log are listed than are wanted, though all are counted", () => {
  const { hits, total } = searchLogs([log("a", "x\n".repeat(1000))], "x", 3);
  expect(hits.map(({ line }) => line)).toEqual([999, 998, 997]);
  expect(total).toBe(1000);
});

test("of a long line the part around the words is shown", () => {
  const [hit] = searchLogs([log("a", `${"-".repeat(5000)}here${"-".repeat(5000)}`)], "here", 1).hits;
  expect(hit?.text).toMatch(/^…-{60}here-+…$/);
  expect(hit?.column).toBe(5000);
});

test("nothing is found while nothing is typed", () => {
  expect(searchLogs([WEB], "", 10)).toEqual({ hits: [], total: 0 });
});

test("thirty megabytes are searched within some seconds, however much else runs", () => {
  const big = log("big", "a line of an ordinary log with an error in it\n".repeat(700_000));
  const before = performance.now();
  expect(searchLogs([big], "error", 100).total).toBe(700_000);
  expect(performance.now() - before).toBeLessThan(3000);
});
