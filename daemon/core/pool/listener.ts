import { decodeUtf8 } from "../../config/python/utf8.ts";
import { undecodable } from "../events/text.ts";
import type { LogLine, QueuedEvent } from "./pool.ts";

/**
 * What the daemon knows of one event listener. Each character of `unread` and `result` is a byte: output that did
 * not come to a decision yet.
 */
export type Listener =
  /** It was started, or has answered, and has yet to say READY. */
  | { readonly state: "ACKNOWLEDGED"; readonly unread: string }
  | { readonly state: "READY" }
  /** It has an event and has yet to say how it went. `length` is that of the result, null until its line came. */
  | {
      readonly state: "BUSY";
      readonly event: QueuedEvent;
      readonly unread: string;
      readonly length: number | null;
    }
  /** It broke the protocol and gets no events for the rest of its run. */
  | { readonly state: "UNKNOWN" };

export type ListenerInput =
  | { readonly type: "started" }
  | { readonly type: "sent"; readonly event: QueuedEvent }
  /** Each character is a byte. */
  | { readonly type: "wrote"; readonly text: string }
  | { readonly type: "ended" };

/** `returned` is an event that must be dealt with again. */
export type ListenerStep = {
  readonly next: Listener;
  readonly log: readonly LogLine[];
  readonly returned: QueuedEvent | null;
};

export const NEW_LISTENER: Listener = { state: "ACKNOWLEDGED", unread: "" };

const READY = "READY\n";
const RESULT = "RESULT ";

/** A result, or a line that never ends, may have this many bytes. Supervisor knows no bound. */
const MOST_BYTES = 1024 * 1024;

/** The listener called `name` after an input. One that makes no sense in a state changes nothing. */
export function stepListener(listener: Listener, input: ListenerInput, name: string): ListenerStep {
  switch (input.type) {
    case "started":
      return stay(NEW_LISTENER);
    case "ended":
      return { next: NEW_LISTENER, log: [], returned: listener.state === "BUSY" ? listener.event : null };
    case "sent":
      if (listener.state !== "READY") return stay(listener);
      return {
        next: { state: "BUSY", event: input.event, unread: "", length: null },
        log: [debug(`event ${input.event.serial} sent to listener ${name}`)],
        returned: null,
      };
    case "wrote":
      return read(listener, input.text, name);
  }
}

function read(listener: Listener, text: string, name: string): ListenerStep {
  if (text === "") return stay(listener);
  switch (listener.state) {
    case "ACKNOWLEDGED":
      return readReady(listener, listener.unread + text, name);
    case "READY":
      return become(listener, { state: "UNKNOWN" }, name);
    case "BUSY":
      return listener.length === null
        ? readResultLine(listener, listener.unread + text, name)
        : readResult(listener, listener.length, listener.unread + text, name);
    case "UNKNOWN":
      return stay(listener);
  }
}

type In<S extends Listener["state"]> = Extract<Listener, { state: S }>;

function readReady(listener: In<"ACKNOWLEDGED">, text: string, name: string): ListenerStep {
  if (text.length < READY.length) return stay({ ...listener, unread: text });
  if (!text.startsWith(READY)) return become(listener, { state: "UNKNOWN" }, name);
  return thenRead(become(listener, { state: "READY" }, name), text.slice(READY.length), name);
}

function readResultLine(listener: In<"BUSY">, text: string, name: string): ListenerStep {
  const end = text.indexOf("\n");
  if (end === -1) {
    return text.length <= MOST_BYTES ? stay({ ...listener, unread: text }) : refuse(listener, name, null);
  }
  // Supervisor reads the number after as many bytes as RESULT has, whatever they are.
  const line = text.slice(0, end);
  const length = lengthOf(line.slice(RESULT.length));
  if (length === null) return refuse(listener, name, `bad result line: '${readable(line)}'`);
  if (length > MOST_BYTES) return refuse(listener, name, `result of ${length} bytes is too long`);
  return thenRead(stay({ ...listener, unread: "", length }), text.slice(end + 1), name);
}

function readResult(listener: In<"BUSY">, length: number, text: string, name: string): ListenerStep {
  if (text.length < length) return stay({ ...listener, unread: text });
  const isOk = text.slice(0, length) === "OK";
  const { next, log } = become(listener, NEW_LISTENER, name);
  const said: LogLine = isOk
    ? debug(`${name}: event was processed`)
    : { level: "warn", message: `${name}: event was rejected` };
  const answered = { next, log: [said, ...log], returned: isOk ? null : listener.event };
  return thenRead(answered, text.slice(length), name);
}

/** A broken result leaves the listener UNKNOWN, and its event to another. */
function refuse(listener: In<"BUSY">, name: string, why: string | null): ListenerStep {
  const said = why ?? `result line is longer than ${MOST_BYTES} bytes`;
  const { next, log } = become(listener, { state: "UNKNOWN" }, name);
  const warning: LogLine = { level: "warn", message: `${name}: ${said}` };
  return { next, log: [warning, ...log], returned: listener.event };
}

function thenRead(first: ListenerStep, rest: string, name: string): ListenerStep {
  const second = read(first.next, rest, name);
  return {
    next: second.next,
    log: [...first.log, ...second.log],
    returned: first.returned ?? second.returned,
  };
}

function become(from: Listener, next: Listener, name: string): ListenerStep {
  const log = [debug(`${name}: ${from.state} -> ${next.state}`)];
  if (next.state === "UNKNOWN") {
    const message = `${name}: has entered the UNKNOWN state and will no longer receive events, this usually indicates the process violated the eventlistener protocol`;
    log.push({ level: "warn", message });
  }
  return { next, log, returned: null };
}

/** As Python's `int` reads it; a negative length is none. */
function lengthOf(text: string): number | null {
  const digits = /^[\t-\r ]*\+?(?<digits>\d+(?:_\d+)*)[\t-\r ]*$/.exec(text)?.groups?.digits;
  return digits === undefined ? null : Number(digits.replaceAll("_", ""));
}

function readable(bytes: string): string {
  const data = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  const decoded = decodeUtf8(data);
  return "text" in decoded ? decoded.text : undecodable(data);
}

function stay(next: Listener): ListenerStep {
  return { next, log: [], returned: null };
}

function debug(message: string): LogLine {
  return { level: "debug", message };
}
