import { describe, expect, test } from "vitest";
import { FailedLogins } from "../../../daemon/server/failed-logins.ts";

/** Remembers how long each wrong password was to cost, and lets it wait for ever or not at all. */
function stage(waits: "ever" | "never") {
  const clock = { nowMs: 0 };
  const costs: number[] = [];
  const logins = new FailedLogins(
    () => clock.nowMs,
    (ms) => {
      costs.push(ms);
      return waits === "ever" ? new Promise(() => {}) : Promise.resolve();
    },
  );
  return { logins, costs, clock };
}

describe("a wrong password", () => {
  test("costs twice as much each time, up to five seconds, and only the address that it came from", async () => {
    const { logins, costs } = stage("never");
    for (let i = 0; i < 9; i++) await logins.punish("192.0.2.1");
    await logins.punish("192.0.2.2");
    expect(costs).toEqual([50, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 50]);
  });

  test("is forgotten after some time", async () => {
    const { logins, costs, clock } = stage("never");
    await logins.punish("192.0.2.1");
    await logins.punish("192.0.2.1");
    clock.nowMs += 11 * 60_000;
    await logins.punish("192.0.2.1");
    expect(costs).toEqual([50, 100, 50]);
  });

  test("is not even looked at while ten others of the address wait", () => {
    const { logins } = stage("ever");
    for (let i = 0; i < 10; i++) {
      expect(logins.isBlocked("192.0.2.1")).toBe(false);
      void logins.punish("192.0.2.1");
    }
    expect(logins.isBlocked("192.0.2.1")).toBe(true);
    expect(logins.isBlocked("::ffff:192.0.2.1")).toBe(true);
    expect(logins.isBlocked("192.0.2.2")).toBe(false);
  });

  test("counts for all addresses that one has with IPv6", () => {
    const { logins } = stage("ever");
    for (let i = 0; i < 10; i++) void logins.punish(`2001:db8:1:2::${i}`);
    expect(logins.isBlocked("2001:db8:1:2:3:4:5:6")).toBe(true);
    expect(logins.isBlocked("2001:db8:1:3::1")).toBe(false);
  });
});

test("addresses that guess are remembered in bounded memory", () => {
  const { logins } = stage("ever");
  for (let i = 0; i < 10; i++) void logins.punish("192.0.2.1");
  for (let i = 0; i < 1000; i++) void logins.punish(`198.51.${i >> 8}.${i & 255}`);
  expect(logins.isBlocked("192.0.2.1")).toBe(false);
});
