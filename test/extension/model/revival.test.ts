import { describe, expect, test } from "vitest";
import { tableOf } from "../../../extension/model/process-table.ts";
import { compareLives, mourned, nextRevival, revivalMessage } from "../../../extension/model/revival.ts";
import { aDaemon, aProcess } from "../processes.ts";

describe("a daemon is mourned", () => {
  const { state } = aDaemon([aProcess("web")], { isForEditor: true });

  test("when it went away without being asked to", () => {
    expect(mourned(state)).toBe(state);
  });

  test("not when it was shutting down, or was started from a shell, or is a real supervisord", () => {
    expect(mourned(aDaemon([], { isForEditor: true, mood: "SHUTDOWN" }).state)).toBeNull();
    expect(mourned(aDaemon([], { isForEditor: true, mood: "RESTARTING" }).state)).toBeNull();
    expect(mourned(aDaemon([], { isForEditor: false }).state)).toBeNull();
    expect(mourned({ kind: "connected", address: "", info: null, processes: new Map() })).toBeNull();
    expect(mourned({ kind: "notRunning" })).toBeNull();
  });
});

test("three revivals fit into a minute, and older ones do not count", () => {
  expect(nextRevival([], 0)).toEqual([0]);
  expect(nextRevival([0, 1000], 2000)).toEqual([0, 1000, 2000]);
  expect(nextRevival([0, 1000, 2000], 59_999)).toBeNull();
  expect(nextRevival([0, 1000, 2000], 60_000)).toEqual([1000, 2000, 60_000]);
});

test("a program that has the same pid afterwards was taken over, any other was not", () => {
  const before = tableOf([
    aProcess("a", { pid: 1 }),
    aProcess("b", { pid: 2 }),
    aProcess("c", { pid: null }),
  ]);
  const after = tableOf([aProcess("a", { pid: 1 }), aProcess("b", { pid: 3 }), aProcess("c", { pid: 4 })]);
  expect(compareLives(before, after)).toEqual({ kind: "takenOver", kept: 1, lost: ["b"] });
});

describe("the message", () => {
  const text = (kept: number, lost: string[]) =>
    revivalMessage("x.conf", { kind: "takenOver", kept, lost }).text;

  test("tells how many programs were taken over, and which were not", () => {
    expect(text(0, [])).toBe("The supervisor daemon of x.conf had died. It was started again.");
    expect(text(1, [])).toBe("The supervisor daemon of x.conf had died. Its program was taken over.");
    expect(text(3, [])).toBe("The supervisor daemon of x.conf had died. Its 3 programs were taken over.");
    expect(text(1, ["a", "b"])).toBe(
      "The supervisor daemon of x.conf had died. 1 program taken over, but not a, b.",
    );
  });

  test("of a daemon that stays down offers the log", () => {
    expect(revivalMessage("x.conf", { kind: "givenUp" })).toMatchObject({
      severity: "error",
      buttons: ["start", "showLog"],
    });
    expect(revivalMessage("x.conf", { kind: "failed", reason: "no Node" }).text).toContain("no Node");
  });
});
