import type { Socket } from "node:net";
import { Channel, type Told } from "./channel.ts";
import { Connection } from "./connection.ts";
import { type ChannelSettings, type FromLogger, LOGGER_VERSION, type ToLogger } from "./messages.ts";

/** Output of followed logs is left out while the daemon has this much still to read: the log file has it. */
const MOST_BEHIND_BYTES = 1024 * 1024;

/** While the daemon has this much still to read, nothing is read that it must be told of. */
const MOST_OWED_BYTES = 4 * 1024 * 1024;

type DaemonConnection = Connection<ToLogger, FromLogger>;

type LoggerEvents = {
  /** It is about to end: no daemon should find it any more. */
  readonly onFinished: () => void;
  /** There is no daemon, and no program that may still write. */
  readonly onDone: () => void;
  /** A program is being started. */
  readonly onOpen: () => void;
};

/** Puts the output of programs in their logs, for the daemon that is connected and also while there is none. */
export class Logger {
  readonly #channels = new Map<string, Channel>();
  readonly #events: LoggerEvents;
  #daemon: DaemonConnection | null = null;

  constructor(events: LoggerEvents) {
    this.#events = events;
  }

  /** A daemon has connected. There is one at a time: the last. */
  serve(socket: Socket): void {
    this.#daemon?.close();
    const daemon: DaemonConnection = new Connection(socket, {
      onFrame: ({ message }) => this.#take(message),
      onDrained: () => this.#forEach((channel) => channel.goOn()),
      onClosed: () => this.#noteClosed(daemon),
    });
    this.#daemon = daemon;
  }

  /** Something is wrong that nobody expected. */
  tellBroken(message: string): void {
    this.#daemon?.send({ type: "broken", message });
  }

  #noteClosed(daemon: DaemonConnection): void {
    if (this.#daemon !== daemon) return;
    this.#daemon = null;
    this.#forEach((channel) => channel.leaveAlone());
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#daemon === null && this.#isDone()) this.#events.onDone();
  }

  #isDone(): boolean {
    return [...this.#channels.values()].every(({ isDone }) => isDone);
  }

  #take(message: ToLogger): void {
    switch (message.type) {
      case "hello":
        this.#send({ type: "welcome", version: LOGGER_VERSION, pid: process.pid });
        break;
      case "channel":
        this.#define(message.key, message.settings);
        break;
      case "open":
        this.#channels.get(message.key)?.open();
        this.#events.onOpen();
        break;
      case "drain":
        this.#channels.get(message.key)?.drain();
        this.#send({ type: "drained", key: message.key, id: message.id });
        break;
      case "follow":
        this.#follow(message);
        break;
      case "unfollow":
        this.#channels.get(message.key)?.unfollow();
        break;
      case "cleared":
        this.#channels.get(message.key)?.noteCleared();
        break;
      case "reopen":
        this.#channels.get(message.key)?.reopenLog();
        break;
      case "close":
        this.#close(message.key);
        break;
      case "list":
        this.#list();
        break;
      case "finish":
        this.#finish(message.handsOver);
        break;
    }
  }

  #define(key: string, settings: ChannelSettings): void {
    const channel = this.#channels.get(key);
    if (channel === undefined) this.#channels.set(key, new Channel(key, settings, this.#toldOf(key)));
    else channel.change(settings);
  }

  #follow({ key, id, from, atMost }: Extract<ToLogger, { type: "follow" }>): void {
    const channel = this.#channels.get(key);
    if (channel === undefined) return;
    const { data, offset } = channel.follow({ from, atMost });
    this.#daemon?.send({ type: "history", key, id, offset }, data);
  }

  #close(key: string): void {
    const channel = this.#channels.get(key);
    channel?.drain();
    channel?.close();
    this.#channels.delete(key);
  }

  #list(): void {
    const open = [...this.#channels.values()].filter(({ isOpen }) => isOpen);
    this.#send({ type: "channels", channels: open.map(({ key, settings }) => ({ key, settings })) });
  }

  /** Whoever still writes is logged on, unless another logger does that. */
  #finish(handsOver: boolean): void {
    this.#forEach((channel) => {
      if (channel.drain() === "ended" || handsOver) channel.close();
    });
    if (this.#isDone()) this.#events.onFinished();
    this.#send({ type: "finished" });
    this.#daemon?.end();
  }

  #toldOf(key: string): Told {
    return {
      onOutput: (data, offset) => {
        if (this.#daemon === null || this.#daemon.behind > MOST_BEHIND_BYTES) return false;
        this.#daemon.send({ type: "output", key, offset }, data);
        return true;
      },
      onPiece: (kind, data) => {
        this.#daemon?.send({ type: "piece", key, kind }, data);
        return this.#daemon === null || this.#daemon.behind < MOST_OWED_BYTES;
      },
      onEnded: () => {
        this.#send({ type: "ended", key });
        this.#endIfDone();
      },
      onFault: (name, message) => {
        this.#send({ type: "fault", key, name, message });
        this.#endIfDone();
      },
    };
  }

  #forEach(act: (channel: Channel) => void): void {
    for (const channel of this.#channels.values()) act(channel);
  }

  #send(message: FromLogger): void {
    this.#daemon?.send(message);
  }
}
