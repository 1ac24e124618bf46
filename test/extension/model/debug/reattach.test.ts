import { expect, test } from "vitest";
import { reattach } from "../../../../extension/model/debug/reattach.ts";
import { aProcess } from "../../processes.ts";

const up = (startedAt: number) => aProcess("web", { stoppedAt: 1000, startedAt });

test("a program that comes up again, by itself or by a restart, gets the debugger back", () => {
  expect(reattach("BACKOFF", up(500_000))).toBe("attach");
  expect(reattach("STOPPED", up(2000))).toBe("attach");
  expect(reattach(null, aProcess("web", { state: "STARTING" }))).toBe("attach");
});

test("one that rests is waited for, also one that failed until somebody mends it", () => {
  for (const state of ["STOPPED", "FATAL", "EXITED", "BACKOFF", "STOPPING"] as const)
    expect(reattach(null, aProcess("web", { state, pid: null }))).toBe("wait");
});

test("one that was stopped and is started later on, or is no more, is left alone", () => {
  expect(reattach("STOPPED", up(40_000))).toBe("forget");
  expect(reattach(null, undefined)).toBe("forget");
});
