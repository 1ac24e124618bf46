import { expect, test } from "vitest";
import { groupTooltip, serverTooltip } from "../../../extension/model/server-tooltip.ts";
import { aDaemon, aProcess, aServer, aServerThat } from "../processes.ts";

test("a server tells where it is, how it was reached, and who it is", () => {
  expect(serverTooltip(aDaemon([])).split("\n")).toEqual([
    "s.conf",
    "/w/s.conf",
    "Connected by unix:///s",
    "Supervisor 4.3.0, pid 1",
  ]);
});

test("a server that tells no changes by itself says when it is asked", () => {
  expect(serverTooltip(aServer("a", []))).toContain("it is asked while this view is open");
});

test("a server that cannot be reached says why", () => {
  const down = aServerThat("a", { kind: "unreachable", reason: "the host is not known", cause: "other" });
  expect(serverTooltip(down).split("\n").slice(2)).toEqual(["cannot connect", "the host is not known"]);
  const away = { ...aServerThat("prod", { kind: "notRunning" }), configFile: null, url: "http://h:1" };
  expect(serverTooltip(away).split("\n").slice(1)).toEqual([
    "http://h:1",
    "Nobody answers at http://h:1. It is looked for again while this view is open.",
  ]);
});

test("a group tells how each of its processes is", () => {
  expect(groupTooltip("g", [aProcess("a"), aProcess("b", { state: "FATAL" })])).toBe(
    "g\na: RUNNING\nb: FATAL",
  );
});
