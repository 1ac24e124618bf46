import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";

/** An event as the recording listener wrote it down. */
export type RecordedEvent = {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
};

/** Debian's Python, which has Supervisor's modules for listeners. */
const PYTHON = "/usr/bin/python3";

/** The command of a listener of test/fixtures/listeners. */
export function listenerCommand(script: string, ...args: readonly string[]): string {
  return [PYTHON, resolve("test/fixtures/listeners", script), ...args].join(" ");
}

/** What a recording listener has written so far. */
export function recordedEvents(file: string): RecordedEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const [headers, payload] = JSON.parse(line);
    return { headers, payload };
  });
}

/** Resolves once `count` events of that name and with that text in their payload were recorded. */
export async function untilRecorded(file: string, name: string, text = "", count = 1): Promise<void> {
  const matching = () =>
    recordedEvents(file).filter(
      ({ headers, payload }) => headers.eventname === name && payload.includes(text),
    ).length;
  await expect
    .poll(matching, { timeout: 20_000, message: `${count} ${name} ${text}` })
    .toBeGreaterThanOrEqual(count);
}

/** Without what differs between any two runs: process ids, and the ticks with the numbers that they take. */
export function comparable(events: readonly RecordedEvent[]): string[] {
  const told = events.filter(({ headers }) => !headers.eventname?.startsWith("TICK"));
  const rank = (header: "serial" | "poolserial") => {
    const numbers = [...new Set(told.map(({ headers }) => Number(headers[header])))].sort((a, b) => a - b);
    return (event: RecordedEvent) => numbers.indexOf(Number(event.headers[header]));
  };
  const [serial, poolSerial] = [rank("serial"), rank("poolserial")];
  return told.map((event) => {
    const { serial: _, poolserial: __, len, ...headers } = event.headers;
    const digits = /pid:(?<pid>[1-9]\d*)/.exec(event.payload)?.groups?.pid?.length ?? 0;
    const numbers = `serial:${serial(event)} poolserial:${poolSerial(event)} len:${Number(len) - digits}`;
    return `${JSON.stringify(headers)} ${numbers} ${JSON.stringify(event.payload.replace(/pid:[1-9]\d*/, "pid:N"))}`;
  });
}
