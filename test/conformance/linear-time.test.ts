import { describe, expect, test } from "vitest";
import { readText } from "../daemon/config/reading.ts";

describe("the time to read grows with the length, not faster, for", () => {
  const MEGABYTE = 1_000_000;
  test.each([
    ["one huge line", () => `[supervisord]\nidentifier=${"x".repeat(MEGABYTE)}`],
    ["one huge line of comment signs", () => `[supervisord]\nidentifier=${";#".repeat(MEGABYTE / 2)}`],
    ["one huge line of white space", () => `[supervisord]\nidentifier=a${" ".repeat(MEGABYTE)}b`],
    ["a huge environment", () => `[supervisord]\nenvironment=${'A="1", '.repeat(MEGABYTE / 7)}`],
    ["an environment of white space", () => `[supervisord]\nenvironment=A${" \t".repeat(MEGABYTE / 2)}=1`],
    ["many expansions", () => `[supervisord]\nidentifier=${"%(here)s".repeat(MEGABYTE / 8)}`],
    [
      "many sections",
      () =>
        `[supervisord]\n${Array.from({ length: MEGABYTE / 20 }, (_, i) => `[other:${i}]\nx=1\n`).join("")}`,
    ],
    [
      "many programs",
      () =>
        `[supervisord]\n${Array.from({ length: MEGABYTE / 50 }, (_, i) => `[program:${i}]\ncommand=/bin/cat\nuser=nobody${i}\n`).join("")}`,
    ],
    ["many equal headers", () => `[supervisord]\n${"[program:a]\ncommand=/bin/cat\n".repeat(MEGABYTE / 28)}`],
    ["deep continuation", () => `[supervisord]\nidentifier=a\n${" b\n".repeat(MEGABYTE / 3)}`],
    ["broken lines", () => `[supervisord]\n${"broken\n".repeat(MEGABYTE / 7)}`],
    ["a group of many names", () => `[supervisord]\n[group:g]\nprograms=${"a,".repeat(MEGABYTE / 200)}`],
  ])("%s", { timeout: 30_000 }, (_name, write) => {
    const text = write();
    const whole = cpuTime(text);
    const quarter = cpuTime(text.slice(0, text.length / 4));
    expect(whole).toBeLessThan(Math.max(400, quarter * 10));
  });
});

/** Milliseconds of processor time, which other work on the machine hardly changes. */
function cpuTime(text: string): number {
  const before = process.cpuUsage();
  readText(text);
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}
