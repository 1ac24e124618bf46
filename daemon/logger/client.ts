import { closeSync } from "node:fs";
import type { Socket } from "node:net";
import { openForReading } from "../io/fifo.ts";
import { Connection } from "./connection.ts";
import type { Frame } from "./frames.ts";
import { type ChannelEvents, LoggerChannel } from "./logger-channel.ts";
import {
  type ChannelSettings,
  type FromLogger,
  LOGGER_VERSION,
  type OpenChannel,
  type ToLogger,
} from "./messages.ts";
import { findLogger, startLogger } from "./start.ts";

type LoggerConnection = Connection<FromLogger, ToLogger>;

/** What the daemon hears of its logger as a whole. */
type LoggerEvents = {
  readonly log: (level: "debug" | "warn", message: string) => void;
  readonly setFault: (key: string, message: string | null) => void;
};

/** How things stand with the logger. It knows our channels only when it is `up`. */
type State =
  | { readonly type: "down" }
  | { readonly type: "greeting"; readonly connection: LoggerConnection }
  /** It is of another version, and on its way out. */
  | { readonly type: "replacing"; readonly connection: LoggerConnection }
  | { readonly type: "up"; readonly connection: LoggerConnection }
  | { readonly type: "ending"; readonly done: () => void };

/** A logger that ends again within this time, in milliseconds, is not started at once. */
const SHORT_LIFE_MS = 1000;
const WAIT_MS = 500;

/** How long the last output may take to reach the logs when the daemon ends, in milliseconds. */
const FINISH_MS = 5000;

const FAULT_KEY = "logger";

/** The daemon's logger: found or started, and started again when it is gone. What was asked of it meanwhile is asked again. */
export class LoggerClient {
  readonly #path: string;
  readonly #events: LoggerEvents;
  readonly #channels = new Map<string, LoggerChannel>();
  #state: State = { type: "down" };
  /** Channels of programs that this daemon does not know, to be logged on; with descriptors that keep what waits there. */
  #foreign: readonly (OpenChannel & { readonly guard: number | null })[] = [];
  #endedAt = Number.NEGATIVE_INFINITY;
  #wait: NodeJS.Timeout | null = null;

  constructor(socketPath: string, events: LoggerEvents) {
    this.#path = socketPath;
    this.#events = events;
  }

  /** Connects to the logger that an earlier daemon left, or starts one. */
  async start(): Promise<void> {
    const socket = await findLogger(this.#path);
    if (socket === null) this.#startAnother();
    else this.#greet(socket);
  }

  /** The channel of that FIFO; one that was there before is forgotten. */
  channel(key: string, settings: ChannelSettings, events: ChannelEvents): LoggerChannel {
    const channel = new LoggerChannel(key, settings, events, {
      send: (message) => this.#send(message),
      forget: () => {
        if (this.#channels.get(key) === channel) this.#channels.delete(key);
      },
    });
    this.#channels.set(key, channel);
    return channel;
  }

  /** Ends the logger once all that waits is in the logs. It stays as long as something lives that may still write. */
  finish(): Promise<void> {
    return this.#end((connection) => connection.send({ type: "finish", handsOver: false }));
  }

  /** Leaves the logger to the next daemon. */
  leave(): Promise<void> {
    return this.#end((connection) => connection.end());
  }

  #end(act: (connection: LoggerConnection) => void): Promise<void> {
    if (this.#wait !== null) clearTimeout(this.#wait);
    return new Promise((done) => {
      if (!("connection" in this.#state)) return done();
      const { connection } = this.#state;
      const late = setTimeout(() => connection.close(), FINISH_MS);
      this.#state = {
        type: "ending",
        done: () => {
          clearTimeout(late);
          done();
        },
      };
      act(connection);
    });
  }

  #startAnother(): void {
    try {
      const { child, socket } = startLogger(this.#path);
      child.on("error", (error) => this.#noteNotStarted(error));
      if (child.pid === undefined) return;
      this.#greet(socket);
      // It is as new as this daemon. What it is told now it finds when it is up, even if the daemon is gone by then.
      this.#enter();
    } catch (error) {
      this.#noteNotStarted(error as Error);
    }
  }

  #noteNotStarted(error: Error): void {
    this.#events.setFault(FAULT_KEY, `cannot run the logger, so output waits: ${error.message}`);
    this.#wait = setTimeout(() => this.#startAnother(), WAIT_MS);
  }

  #greet(socket: Socket): void {
    const connection: LoggerConnection = new Connection(socket, {
      onFrame: (frame) => this.#take(frame),
      onDrained: () => {},
      onClosed: () => this.#noteClosed(connection),
    });
    this.#state = { type: "greeting", connection };
    connection.send({ type: "hello", version: LOGGER_VERSION });
  }

  #take({ message, data }: Frame<FromLogger>): void {
    switch (message.type) {
      case "welcome":
        this.#meet(message);
        break;
      case "channels":
        if (this.#state.type === "greeting") this.#replace(this.#state.connection, message.channels);
        else this.#letGuardsGo();
        break;
      case "broken":
        this.#events.log("warn", `the logger is broken: ${message.message}`);
        break;
      case "finished":
        return;
      case "drained":
      case "history":
      case "output":
      case "piece":
      case "ended":
      case "fault":
        this.#channels.get(message.key)?.take(message, data);
    }
  }

  #meet({ version, pid }: Extract<FromLogger, { type: "welcome" }>): void {
    this.#events.log("debug", `output is logged by process ${pid}`);
    this.#events.setFault(FAULT_KEY, null);
    if (this.#state.type !== "greeting") return;
    if (version === LOGGER_VERSION) this.#enter();
    else this.#state.connection.send({ type: "list" });
  }

  #enter(): void {
    if (this.#state.type !== "greeting") return;
    const { connection } = this.#state;
    this.#state = { type: "up", connection };
    for (const channel of this.#channels.values()) channel.introduce();
    if (this.#foreign.length === 0) return;
    for (const { key, settings } of this.#foreign.filter(({ key }) => !this.#channels.has(key))) {
      connection.send({ type: "channel", key, settings });
      connection.send({ type: "open", key });
    }
    // Its answer says that it has opened them all.
    connection.send({ type: "list" });
  }

  /** It is of another version: what waits in the FIFOs must not be lost between the one logger and the other. */
  #replace(connection: LoggerConnection, channels: readonly OpenChannel[]): void {
    this.#foreign = channels.map((channel) => ({ ...channel, guard: guardOf(channel.key) }));
    this.#state = { type: "replacing", connection };
    connection.send({ type: "finish", handsOver: true });
  }

  #letGuardsGo(): void {
    for (const { guard } of this.#foreign) if (guard !== null) closeSync(guard);
    this.#foreign = [];
  }

  #noteClosed(connection: LoggerConnection): void {
    const before = this.#state;
    if (before.type === "ending") before.done();
    if (!("connection" in before) || before.connection !== connection) return;
    this.#state = { type: "down" };
    if (before.type !== "replacing") this.#events.log("warn", "the logger has ended; another one goes on");
    const endedBefore = this.#endedAt;
    this.#endedAt = performance.now();
    if (this.#endedAt - endedBefore > SHORT_LIFE_MS) this.#startAnother();
    else this.#noteNotStarted(new Error("it ended twice within a second"));
  }

  #send(message: ToLogger): void {
    if (this.#state.type === "up") this.#state.connection.send(message);
  }
}

/** Null where there is nothing to keep any more. */
function guardOf(fifo: string): number | null {
  try {
    return openForReading(fifo);
  } catch {
    return null;
  }
}
