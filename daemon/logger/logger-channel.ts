import type { ChannelSettings, FollowRequest, FromLogger, PieceKind, ToLogger } from "./messages.ts";

/** What is heard of a channel. Data is only valid during the calls. */
export type ChannelEvents = {
  /** What the settings ask to be told of. */
  readonly onPiece: (kind: PieceKind, data: Buffer) => void;
  /** Nobody may write to its FIFO any more. */
  readonly onEnded: () => void;
  /** What cannot be done at present, by a name for it; null once it can again. */
  readonly onFault: (name: string, message: string | null) => void;
};

/** What is in a log: the end of it when following begins, which may be empty, then all that comes. */
export type FollowListener = (data: Buffer, offset: number, isHistory: boolean) => void;

type Follower = { readonly listener: FollowListener; readonly request: FollowRequest; isLive: boolean };

type Wire = { readonly send: (message: ToLogger) => void; readonly forget: () => void };

type News = Extract<FromLogger, { key: string }>;

/** A logger that does not answer must not keep the end of a program a secret for longer, in milliseconds. */
const DRAIN_MS = 2000;

/** No history, and no gap to look for. */
const FROM_NOW: FollowRequest = { from: null, atMost: 0 };

/** One channel of output, as the daemon sees it. Nothing is asked of the logger before it is introduced to it. */
export class LoggerChannel {
  readonly #key: string;
  readonly #settings: ChannelSettings;
  readonly #events: ChannelEvents;
  readonly #wire: Wire;
  readonly #followers = new Map<number, Follower>();
  readonly #drains = new Map<number, () => void>();
  #state: "unknown" | "known" | "open" = "unknown";
  #lastId = 0;

  constructor(key: string, settings: ChannelSettings, events: ChannelEvents, wire: Wire) {
    this.#key = key;
    this.#settings = settings;
    this.#events = events;
    this.#wire = wire;
  }

  /** Reads the FIFO from now on, until nobody may write to it any more. */
  open(): void {
    this.#define();
    this.#state = "open";
    this.#wire.send({ type: "open", key: this.#key });
  }

  /** Resolves when all that was written so far is in the log, and was told. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      const id = this.#nextId();
      const late = setTimeout(() => this.#drains.get(id)?.(), DRAIN_MS);
      this.#drains.set(id, () => {
        clearTimeout(late);
        this.#drains.delete(id);
        resolve();
      });
      this.#wire.send({ type: "drain", key: this.#key, id });
    });
  }

  /** Follows the log; returns how to stop. */
  follow(request: FollowRequest, listener: FollowListener): () => void {
    this.#define();
    const id = this.#nextId();
    this.#followers.set(id, { listener, request, isLive: false });
    this.#wire.send({ type: "follow", key: this.#key, id, ...request });
    return () => {
      this.#followers.delete(id);
      if (this.#followers.size === 0) this.#wire.send({ type: "unfollow", key: this.#key });
    };
  }

  /** The log was emptied. */
  noteCleared(): void {
    this.#wire.send({ type: "cleared", key: this.#key });
  }

  reopen(): void {
    this.#wire.send({ type: "reopen", key: this.#key });
  }

  /** Nothing is heard of it any more. */
  close(): void {
    this.#wire.send({ type: "close", key: this.#key });
    this.#wire.forget();
  }

  /** A logger that knows nothing yet: tells it all, and asks again for what was not answered. */
  introduce(): void {
    const key = this.#key;
    if (this.#state !== "unknown") this.#wire.send({ type: "channel", key, settings: this.#settings });
    for (const [id, { request, isLive }] of this.#followers)
      this.#wire.send({ type: "follow", key, id, ...(isLive ? FROM_NOW : request) });
    if (this.#state === "open") this.#wire.send({ type: "open", key });
    for (const id of this.#drains.keys()) this.#wire.send({ type: "drain", key, id });
  }

  /** The logger has news. */
  take(news: News, data: Buffer): void {
    switch (news.type) {
      case "drained":
        this.#drains.get(news.id)?.();
        break;
      case "history":
        this.#begin(news.id, data, news.offset);
        break;
      case "output":
        for (const { listener, isLive } of this.#followers.values())
          if (isLive) listener(data, news.offset, false);
        return;
      case "piece":
        this.#events.onPiece(news.kind, data);
        break;
      case "ended":
        this.#events.onEnded();
        break;
      case "fault":
        this.#events.onFault(news.name, news.message);
        break;
    }
  }

  #begin(id: number, data: Buffer, offset: number): void {
    const follower = this.#followers.get(id);
    if (follower === undefined) return;
    follower.isLive = true;
    follower.listener(data, offset, true);
  }

  #define(): void {
    if (this.#state !== "unknown") return;
    this.#state = "known";
    this.#wire.send({ type: "channel", key: this.#key, settings: this.#settings });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
