import type { ServerResponse } from "node:http";
import { EVENT_STREAM_TYPE, type ProcessSnapshot, type StreamEvent } from "../../protocol/event-stream.ts";
import type { ProcessRunner } from "../../runtime/process-runner.ts";
import type { Supervisor } from "../../runtime/supervisor.ts";
import type { Backlog } from "../backlog.ts";
import { type Frames, frameOf } from "./frames.ts";
import type { EventJournal, Numbered } from "./journal.ts";
import { LogFollower, type LogSink } from "./log-follower.ts";
import type { EventQuery } from "./query.ts";

/** The logs that a stream begins with have this many bytes together. */
const MAX_HISTORY_BYTES = 8 * 1024 * 1024;

/** What all streams have in common. */
export type Shared = {
  readonly journal: EventJournal;
  readonly frames: Frames;
  readonly backlog: Backlog;
};

/** One client of `GET /events`. */
export class EventStream {
  readonly #supervisor: Supervisor;
  readonly #journal: EventJournal;
  readonly #frames: Frames;
  readonly #backlog: Backlog;
  readonly #query: EventQuery;
  readonly #response: ServerResponse;
  readonly #following = new Map<ProcessRunner, readonly LogFollower[]>();
  readonly #sink: LogSink = {
    send: (event) => this.#write(frameOf(event, null)),
    isReady: () => this.#response.writableLength <= this.#backlog.share,
  };

  constructor(
    supervisor: Supervisor,
    { journal, frames, backlog }: Shared,
    query: EventQuery,
    response: ServerResponse,
  ) {
    this.#supervisor = supervisor;
    this.#journal = journal;
    this.#frames = frames;
    this.#backlog = backlog;
    this.#query = query;
    this.#response = response;
  }

  /** Sends what the client missed, or everything, and goes on until `close`. */
  open(lastEventId: number | null): void {
    this.#response.writeHead(200, {
      "Content-Type": EVENT_STREAM_TYPE,
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    });
    this.#response.flushHeaders();
    const missed = lastEventId === null ? null : this.#journal.after(lastEventId);
    if (missed === null) this.#sendSnapshot();
    else for (const numbered of missed) this.send(numbered);
    this.#followLogs();
    this.#response.on("drain", () => this.#catchUp());
  }

  /** Passes an event on, if it concerns this client. */
  send({ id, event }: Numbered): void {
    const wanted = this.#narrow(event);
    if (wanted === null) return;
    if (event.type === "added") this.#followLogs();
    if (event.type === "removed") this.#forgetGone();
    // States are few and small: a client that cannot take even those is not reading any more.
    if (this.#response.writableLength > 2 * this.#backlog.share) this.#response.destroy();
    // What is meant for all is one text for all.
    else this.#write(wanted === event ? this.#frames.of(event, id) : frameOf(wanted, id));
  }

  close(): void {
    for (const followers of this.#following.values()) for (const follower of followers) follower.close();
    this.#following.clear();
  }

  #sendSnapshot(): void {
    const { lastId } = this.#journal;
    const make = (): StreamEvent => {
      const processes = this.#supervisor.snapshots().filter((process) => this.#concerns(process));
      return { type: "snapshot", server: this.#supervisor.info(), processes };
    };
    this.#write(
      this.#query.processes === null ? this.#frames.snapshot(lastId, make) : frameOf(make(), lastId),
    );
  }

  #narrow(event: StreamEvent): StreamEvent | null {
    switch (event.type) {
      case "process":
        return this.#concerns(event.process) ? event : null;
      case "added": {
        const processes = event.processes.filter((process) => this.#concerns(process));
        return processes.length === 0 ? null : { type: "added", processes };
      }
      case "removed":
      case "server":
      case "snapshot":
      case "log":
      case "dropped":
        return event;
    }
  }

  #concerns(process: ProcessSnapshot): boolean {
    return this.#query.processes?.has(`${process.group}:${process.name}`) ?? true;
  }

  #followLogs(): void {
    if (this.#query.logs.length === 0) return;
    const added = [...this.#supervisor.runners()].filter(
      (runner) => !this.#following.has(runner) && this.#concerns(runner.snapshot()),
    );
    const fair = Math.floor(MAX_HISTORY_BYTES / Math.max(1, added.length * this.#query.logs.length));
    const history = Math.min(this.#query.history, fair);
    for (const runner of added) this.#following.set(runner, this.#followChannels(runner, history));
  }

  #followChannels(runner: ProcessRunner, history: number): LogFollower[] {
    const {
      group,
      settings: { name },
      stdout,
      stderr,
    } = runner;
    const outputs = { stdout, stderr };
    return this.#query.logs.flatMap((channel) => {
      const output = outputs[channel];
      if (output === null) return [];
      return [new LogFollower({ group, name, channel }, output, history, this.#sink)];
    });
  }

  #catchUp(): void {
    for (const followers of this.#following.values()) for (const follower of followers) follower.catchUp();
  }

  #forgetGone(): void {
    const present = new Set(this.#supervisor.runners());
    for (const [runner, followers] of this.#following) {
      if (present.has(runner)) continue;
      for (const follower of followers) follower.close();
      this.#following.delete(runner);
    }
  }

  #write(frame: Buffer): void {
    if (!this.#response.destroyed) this.#response.write(frame);
  }
}
