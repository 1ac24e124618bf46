import { expect, test } from "vitest";
import { describeProcess, formatUptime } from "../../../daemon/core/description.ts";

const WEB = {
  name: "web",
  statename: "RUNNING",
  pid: 12,
  start: 100,
  stop: 0,
  now: 165,
  spawnerr: "",
} as const;

test("a running process shows its pid and uptime", () => {
  expect(describeProcess(WEB)).toBe("pid 12, uptime 0:01:05");
});

test("a clock that was set back gives no negative uptime", () => {
  expect(describeProcess({ ...WEB, now: 50 })).toBe("pid 12, uptime 0:00:00");
});

test("days stand before the hours, in the singular for one", () => {
  expect(formatUptime(86_400 + 3 * 3600)).toBe("1 day, 3:00:00");
  expect(formatUptime(3 * 86_400 + 61)).toBe("3 days, 0:01:01");
});

test("a process that failed shows why, or where to look", () => {
  expect(describeProcess({ ...WEB, statename: "FATAL", spawnerr: "can't find command 'x'" })).toBe(
    "can't find command 'x'",
  );
  expect(describeProcess({ ...WEB, statename: "BACKOFF" })).toBe('unknown error (try "tail web")');
});

test("a process that never ran says so, one that did says when it stopped", () => {
  const stop = new Date(2026, 0, 5, 15, 7).getTime() / 1000;
  expect(describeProcess({ ...WEB, statename: "STOPPED", start: 0 })).toBe("Not started");
  expect(describeProcess({ ...WEB, statename: "EXITED", stop })).toBe("Jan 05 03:07 PM");
});
