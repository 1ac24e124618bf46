import { expect, test } from "vitest";
import { summarise } from "../../../extension/model/server.ts";
import { badge, statusBar } from "../../../extension/model/status-bar.ts";
import { welcomeFor } from "../../../extension/model/welcome.ts";
import { aProcess, aServer, aServerThat } from "../processes.ts";

const up = aServer("a", [aProcess("web"), aProcess("api", { state: "STOPPED" })]);
const retrying = aServer("b", [aProcess("slow", { state: "BACKOFF" })]);
const failing = aServer("c", [aProcess("bad", { state: "FATAL", group: "jobs" })]);
const down = aServerThat("d", { kind: "notRunning" });

test("the status bar counts what runs", () => {
  expect(statusBar([up, down])).toMatchObject({ text: "$(server-process) 1/2", isError: false });
});

test("waiting to try again is shown, but is no error", () => {
  expect(statusBar([up, retrying])).toMatchObject({
    text: "$(server-process) 1/3 $(warning) 1",
    isError: false,
  });
});

test("a failure is an error, and is named", () => {
  const shown = statusBar([up, retrying, failing]);
  expect(shown).toMatchObject({ text: "$(server-process) 1/4 $(error) 1 $(warning) 1", isError: true });
  expect(shown?.accessibleLabel).toContain("failed: jobs:bad");
});

test("without a supervisor the status bar says so, and without a configuration it is silent", () => {
  expect(statusBar([down])?.accessibleLabel).toBe("Supervisord: not running");
  expect(statusBar([])).toBeNull();
});

test("the badge counts only what needs somebody", () => {
  expect(badge(summarise([up]))).toBeNull();
  expect(badge(summarise([up, retrying, failing]))?.value).toBe(2);
});

test.each([
  [false, [up], "untrusted"],
  [true, [], "noConfiguration"],
  [true, [down], "notRunning"],
  [true, [down, down], null],
  [true, [up], null],
  [true, [aServerThat("e", { kind: "failed", reason: "r", place: null })], null],
  [true, [aServerThat("e", { kind: "unreachable", reason: "r", cause: "password" })], "needsPassword"],
  [true, [aServerThat("e", { kind: "unreachable", reason: "r", cause: "permission" })], "permissionDenied"],
  [
    true,
    [aServerThat("e", { kind: "unreachable", reason: "r", cause: "otherConfiguration" })],
    "otherConfiguration",
  ],
  [true, [aServerThat("e", { kind: "unreachable", reason: "r", cause: "other" })], "unreachable"],
] as const)("trusted %s with the servers %j is welcomed by %s", (trusted, servers, welcome) => {
  expect(welcomeFor(trusted, servers, false, false)).toBe(welcome);
});

test.each([
  [[aServer("f", [])], false, "noPrograms"],
  [[up], true, "filteredOut"],
  [[up, failing], true, null],
  [[down], true, "notRunning"],
] as const)("the servers %j, only failing ones %s, are welcomed by %s", (servers, onlyFailing, welcome) => {
  expect(welcomeFor(true, servers, onlyFailing, false)).toBe(welcome);
});

test("while configurations are being looked for, nobody is told that there are none", () => {
  expect(welcomeFor(true, null, false, false)).toBeNull();
  expect(welcomeFor(false, null, false, false)).toBe("untrusted");
});

test("Windows is told where programs run, unless a server elsewhere is shown", () => {
  expect(welcomeFor(true, [], false, true)).toBe("windows");
});
