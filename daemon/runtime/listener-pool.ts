import type { GroupSettings, LogLevel } from "../config/configuration.ts";
import type { DaemonEvent } from "../core/events/event.ts";
import { envelope } from "../core/pool/envelope.ts";
import { type Listener, type ListenerInput, NEW_LISTENER, stepListener } from "../core/pool/listener.ts";
import {
  acceptEvent,
  type LogLine,
  type Pool,
  type PoolStep,
  type QueuedEvent,
  returnEvent,
} from "../core/pool/pool.ts";
import { STOPPED_STATES } from "../protocol/states.ts";
import type { Subscriber } from "./event-bus.ts";
import type { Change, ProcessRunner } from "./process-runner.ts";

type PoolSettings = Extract<GroupSettings, { type: "eventlistener" }>;

const DEFAULT_HANDLER = "supervisor.dispatchers:default_handler";

/** The listeners of an `[eventlistener:x]` and the events that wait for them. */
export class ListenerPool implements Subscriber {
  readonly types: readonly string[];
  readonly #identifier: string;
  readonly #log: (level: LogLevel, message: string) => void;
  readonly #listeners = new Map<ProcessRunner, Listener>();
  #pool: Pool;

  constructor(settings: PoolSettings, identifier: string, log: (level: LogLevel, message: string) => void) {
    const { name, bufferSize, events, resultHandler } = settings;
    this.types = events;
    this.#identifier = identifier;
    this.#log = log;
    this.#pool = { name, bufferSize, nextSerial: 0, queue: [] };
    if (resultHandler === DEFAULT_HANDLER) return;
    log(
      "warn",
      `[eventlistener:${name}] result_handler=${resultHandler} is Python and cannot run here; results are judged by the default one: OK is success, all else a failure`,
    );
  }

  /** Takes a process of the pool for a listener. */
  add(runner: ProcessRunner): void {
    this.#listeners.set(runner, NEW_LISTENER);
    runner.changes.add((change) => this.#follow(runner, change));
  }

  accept = (event: DaemonEvent, serial: number, subscriptions: number): void => {
    this.#apply(acceptEvent(this.#pool, event, serial, subscriptions));
    this.#dispatch();
  };

  /** A listener wrote something on its stdout. */
  read(runner: ProcessRunner, data: Buffer): void {
    this.#give(runner, { type: "wrote", text: data.toString("latin1") });
    this.#dispatch();
  }

  #follow(runner: ProcessRunner, { snapshot: { state } }: Change): void {
    if (state === "STARTING") this.#give(runner, { type: "started" });
    if (state === "BACKOFF" || STOPPED_STATES.has(state)) this.#give(runner, { type: "ended" });
    this.#dispatch();
  }

  #give(runner: ProcessRunner, input: ListenerInput): void {
    const listener = this.#listeners.get(runner) ?? NEW_LISTENER;
    const { next, log, returned } = stepListener(listener, input, runner.settings.name);
    this.#listeners.set(runner, next);
    this.#write(log);
    if (returned !== null) this.#apply(returnEvent(this.#pool, returned));
  }

  /** Hands out events, the oldest first, as long as a listener is ready. */
  #dispatch(): void {
    if (this.#readyRunners().length === 0) return;
    for (let [event] = this.#pool.queue; event !== undefined; [event] = this.#pool.queue) {
      this.#pool = { ...this.#pool, queue: this.#pool.queue.slice(1) };
      if (this.#send(event)) continue;
      this.#apply(returnEvent(this.#pool, event));
      return;
    }
  }

  #send(event: QueuedEvent): boolean {
    const text = envelope(event, this.#pool.name, this.#identifier);
    const taker = this.#readyRunners().find(
      (runner) => runner.writeStdin(text) || this.#noteClosed(runner, event),
    );
    if (taker !== undefined) this.#give(taker, { type: "sent", event });
    return taker !== undefined;
  }

  /** Always false: it is one that does not take the event. */
  #noteClosed(runner: ProcessRunner, { serial }: QueuedEvent): boolean {
    const { name } = runner.settings;
    this.#log(
      "debug",
      `epipe occurred while sending event ${serial} to listener ${name}, listener state unchanged`,
    );
    return false;
  }

  #readyRunners(): ProcessRunner[] {
    return [...this.#listeners]
      .filter(([runner, { state }]) => runner.state === "RUNNING" && state === "READY")
      .map(([runner]) => runner);
  }

  #apply({ next, log }: PoolStep): void {
    this.#pool = next;
    this.#write(log);
  }

  #write(log: readonly LogLine[]): void {
    for (const { level, message } of log) this.#log(level, message);
  }
}
