import type { ClientRequest, IncomingMessage } from "node:http";
import { EVENT_STREAM_TYPE, type LogChannel, type StreamEvent } from "../protocol/event-stream.ts";
import { formatWindowPolicy, type WindowPolicy } from "../protocol/window-policy.ts";
import type { ServerAddress } from "./address.ts";
import { refusedWith, unreachable, unusable } from "./failure.ts";
import { open } from "./request.ts";
import { createSseParser } from "./sse-parser.ts";

/** What of the stream is wanted: all processes unless some are named; output only where channels are named. */
export type EventQuery = {
  /** `GROUP:NAME` each. */
  readonly processes?: readonly string[];
  readonly logs?: readonly LogChannel[];
  /** Bytes of the log before what is written next. */
  readonly history?: number;
  /** For a window of an editor: the connection counts as its presence, and this is what it wants when the last one goes. */
  readonly window?: WindowPolicy;
};

/** `unsupported`: the server is a supervisord without this stream; nothing follows. After `closed` it is tried again. */
export type StreamStatus = "open" | { readonly closed: string } | "unsupported";

export type EventHandlers = {
  onEvent(event: StreamEvent): void;
  onStatus(status: StreamStatus): void;
};

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

/** Follows the events of a daemon of ours until closed: reconnects by itself and goes on where it was cut. */
export function followEvents(
  address: ServerAddress,
  query: EventQuery,
  handlers: EventHandlers,
): { close(): void } {
  let lastId = "";
  let delayMs = FIRST_DELAY_MS;
  let timer: NodeJS.Timeout | undefined;
  let current: ClientRequest | undefined;
  let closed = false;

  function connect(): void {
    const headers = { accept: EVENT_STREAM_TYPE, ...(lastId === "" ? {} : { "last-event-id": lastId }) };
    const connection = open(address, { method: "GET", path: pathOf(query), headers }, (answer) => {
      if (closed) return;
      if (!isSupported(answer)) return stop("unsupported");
      if (answer.statusCode !== 200) return lost(connection, refusedWith(address, answer.statusCode ?? 0));
      delayMs = FIRST_DELAY_MS;
      handlers.onStatus("open");
      readEvents(address, answer, onServerEvent, (error) => lost(connection, error));
    });
    current = connection;
    connection.on("error", (error) => lost(connection, error));
    connection.on("socket", (socket) => socket.setKeepAlive(true, 30_000));
  }

  function onServerEvent(id: string, event: StreamEvent): void {
    if (closed) return;
    lastId = id;
    handlers.onEvent(event);
  }

  function lost(connection: ClientRequest, error: Error): void {
    if (closed || connection !== current) return;
    current = undefined;
    connection.destroy();
    timer = setTimeout(connect, delayMs);
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    handlers.onStatus({ closed: unreachable(address, error).message });
  }

  function stop(status?: StreamStatus): void {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    current?.destroy();
    if (status !== undefined) handlers.onStatus(status);
  }

  connect();
  return { close: () => stop() };
}

/** A supervisord without the stream answers 404; a web server in front of it may answer with some page. */
function isSupported(answer: IncomingMessage): boolean {
  if (answer.statusCode === 404) return false;
  return answer.statusCode !== 200 || (answer.headers["content-type"] ?? "").startsWith(EVENT_STREAM_TYPE);
}

function pathOf({ processes = [], logs = [], history, window }: EventQuery): string {
  const search = new URLSearchParams();
  for (const process of processes) search.append("process", process);
  for (const channel of logs) search.append("log", channel);
  if (history !== undefined) search.append("history", String(history));
  if (window !== undefined) search.append("window", formatWindowPolicy(window));
  return search.size === 0 ? "/events" : `/events?${search}`;
}

function readEvents(
  address: ServerAddress,
  answer: IncomingMessage,
  onEvent: (id: string, event: StreamEvent) => void,
  onEnd: (error: Error) => void,
): void {
  const parser = createSseParser();
  answer.setEncoding("utf8");
  answer.on("data", (chunk: string) => {
    const events = attempt(() =>
      parser.push(chunk).map(({ id, data }) => ({ id, event: streamEvent(data) })),
    );
    if (events instanceof Error) {
      return onEnd(unusable(address, "it sends events that cannot be read", { cause: events }));
    }
    for (const { id, event } of events) onEvent(id, event);
  });
  answer.on("end", () => onEnd(new Error("the connection was closed")));
  answer.on("error", onEnd);
}

function streamEvent(data: string): StreamEvent {
  const event = JSON.parse(data);
  if (typeof event?.type !== "string") throw new Error("an event names no type");
  return event;
}

function attempt<T>(read: () => T): T | Error {
  try {
    return read();
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}
