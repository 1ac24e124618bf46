import { describe, expect, test } from "vitest";
import {
  type Listener,
  type ListenerInput,
  NEW_LISTENER,
  stepListener,
} from "../../../../daemon/core/pool/listener.ts";
import type { QueuedEvent } from "../../../../daemon/core/pool/pool.ts";

const EVENT: QueuedEvent = { name: "TICK_5", payload: "when:5", serial: 7, poolSerial: 3 };
const OTHER: QueuedEvent = { ...EVENT, serial: 8, poolSerial: 4 };

const STATES: readonly Listener[] = [
  { state: "ACKNOWLEDGED", unread: "" },
  { state: "ACKNOWLEDGED", unread: "REA" },
  { state: "READY" },
  { state: "BUSY", event: EVENT, unread: "", length: null },
  { state: "BUSY", event: EVENT, unread: "RESU", length: null },
  { state: "BUSY", event: EVENT, unread: "", length: 0 },
  { state: "BUSY", event: EVENT, unread: "O", length: 2 },
  { state: "UNKNOWN" },
];

const INPUTS: readonly ListenerInput[] = [
  { type: "started" },
  { type: "sent", event: OTHER },
  { type: "ended" },
  ...[
    "READY\n",
    "DY\n",
    "READY\nREADY\n",
    "garbage",
    "RESULT 2\nOK",
    "RESULT 2\nOKREADY\n",
    "RESULT 4\nFAIL",
    "RESULT 0\n",
    "RESULT 2\n",
    "LT 2\nOK",
    "K",
    "RESULT x\n",
    "RESULT -1\nOK",
    "anyth: 2\nOK",
    "RESULT \xff\n",
  ].map((text) => ({ type: "wrote", text }) as const),
];

test("every state of a listener answers every input", async () => {
  const lines = STATES.flatMap((state) => [
    `\n== ${JSON.stringify(state)}`,
    ...INPUTS.map((input) => {
      const { next, log, returned } = stepListener(state, input, "mail");
      const said = log.map(({ level, message }) => `    ${level}: ${message}\n`).join("");
      const back = returned === null ? "" : `    event ${returned.serial} comes back\n`;
      return `${JSON.stringify(input)}\n${said}${back}    = ${JSON.stringify(next)}`;
    }),
  ]);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("listener.matrix.txt");
});

describe("a listener", () => {
  const play = (texts: readonly string[]): Listener => {
    let listener: Listener = NEW_LISTENER;
    for (const text of texts) {
      listener = stepListener(listener, { type: "wrote", text }, "mail").next;
      if (listener.state === "READY") {
        listener = stepListener(listener, { type: "sent", event: EVENT }, "mail").next;
      }
    }
    return listener;
  };

  test("is understood however its output is cut", () => {
    const whole = "READY\nRESULT 2\nOK";
    expect(play(Array.from(whole))).toEqual(play(["READY\n", "RESULT 2\nOK"]));
    expect(play(Array.from(whole)).state).toBe("ACKNOWLEDGED");
  });

  test("that never ends its result line does not grow without bound", () => {
    const flood = Array.from({ length: 20 }, () => "x".repeat(100_000));
    expect(play(["READY\n", ...flood])).toEqual({ state: "UNKNOWN" });
  });

  test("that announces a result larger than the daemon would keep is given no more events", () => {
    expect(play(["READY\n", "RESULT 999999999999\n"])).toEqual({ state: "UNKNOWN" });
  });
});
