import { followLog } from "../../daemon/client/log-tail.ts";
import type { RpcClient } from "../../daemon/client/rpc.ts";
import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { withoutRepeated } from "../model/output-text.ts";
import { type LogEnd, readLogEnd } from "./log-end.ts";
import type { LogStream, OutputHandlers, Source } from "./output-source.ts";

/** What is read of a log at once. */
type TailQuery = {
  readonly historyBytes: number;
  /** Where reading goes on; 0 for the end of a log of which nothing was read. */
  readonly resumeAt: (log: LogStream) => number;
};

/** The output of processes of a real supervisord: the end of their logs, then what is appended to them. */
export function followTails(
  client: RpcClient,
  processes: readonly ProcessSnapshot[],
  query: TailQuery,
  handlers: OutputHandlers,
): Source {
  const tails = processes.flatMap((process) =>
    (["stdout", "stderr"] as const).map(
      (channel) =>
        new Tail(client, process, { group: process.group, name: process.name, channel }, query, handlers),
    ),
  );
  return {
    runBegan(process) {
      for (const tail of tails) if (tail.isOf(process)) tail.lookAgain(process);
    },
    close() {
      for (const tail of tails) tail.close();
    },
  };
}

/** What a log may have grown by between reading its end and the answer of the stream is read again in steps of this size. */
const BRIDGE_BYTES = 1024 * 1024;
/** A stream begins with so much of what was there before. */
const REPEATED_BYTES = 1024;

/** One log on its way from a real supervisord. */
class Tail {
  readonly #client: RpcClient;
  readonly #log: LogStream;
  readonly #query: TailQuery;
  readonly #handlers: OutputHandlers;
  #process: ProcessSnapshot;
  #state: "reading" | "missing" | "following" | "closed" = "reading";
  #stream: { close(): void } | null = null;
  /** The end of the log as it was read; null once the stream goes on after it. */
  #shown: LogEnd | null = null;
  /** What the stream told before it is known where it goes on. */
  #waiting = "";
  #offset = 0;

  constructor(
    client: RpcClient,
    process: ProcessSnapshot,
    log: LogStream,
    query: TailQuery,
    handlers: OutputHandlers,
  ) {
    this.#client = client;
    this.#process = process;
    this.#log = log;
    this.#query = query;
    this.#handlers = handlers;
    this.#begin();
  }

  isOf({ group, name }: ProcessSnapshot): boolean {
    return this.#log.group === group && this.#log.name === name;
  }

  /** The log may be there now. */
  lookAgain(process: ProcessSnapshot): void {
    if (this.#state !== "missing") return;
    this.#process = process;
    this.#state = "reading";
    this.#begin();
  }

  close(): void {
    this.#state = "closed";
    this.#stream?.close();
  }

  #begin(): void {
    this.#read().catch(() => this.#lost());
  }

  async #read(): Promise<void> {
    const { historyBytes, resumeAt } = this.#query;
    // What the stream will repeat is needed to know where it goes on.
    const end = await this.#readFrom(Math.max(0, resumeAt(this.#log) - REPEATED_BYTES), historyBytes);
    if (this.#state !== "reading") return;
    if (end === null) {
      this.#state = "missing";
      return;
    }
    this.#state = "following";
    this.#shown = end;
    this.#tell(end.text, end.offset);
    const { group, name, channel } = this.#log;
    this.#stream = followLog(
      this.#client.address,
      { kind: "process", name: makeNamespec(group, name), channel },
      { onText: (text) => this.#receive(text), onClosed: () => this.#lost() },
    );
  }

  #readFrom(from: number, atMost: number): Promise<LogEnd | null> {
    return readLogEnd(this.#client, this.#process, this.#log.channel, { from, atMost });
  }

  /** The stream begins with the last KiB of the log, which is new as far as it was not read before. */
  #receive(text: string): void {
    if (this.#shown === null) this.#tell(text, this.#offset);
    else if (this.#waiting === "") this.#connect(this.#shown, text);
    else this.#waiting += text;
  }

  #connect(shown: LogEnd, text: string): void {
    const fresh = withoutRepeated(shown.text, text);
    // What could not be read, as coloured output, is only known by its size.
    if (shown.text === "") this.#offset = Math.max(0, shown.end - Buffer.byteLength(text));
    if (fresh.length < text.length || shown.text === "") {
      this.#join(fresh);
      return;
    }
    // More was written meanwhile than the stream begins with.
    this.#waiting = text;
    this.#bridge(shown).catch(() => this.#lost());
  }

  async #bridge(shown: LogEnd): Promise<void> {
    const between = await this.#readFrom(shown.end, BRIDGE_BYTES);
    if (this.#state !== "following") return;
    if (between !== null) this.#tell(between.text, between.offset);
    this.#join(withoutRepeated(between?.text ?? "", this.#waiting));
  }

  #join(text: string): void {
    this.#shown = null;
    this.#waiting = "";
    this.#tell(text, this.#offset);
  }

  #tell(text: string, offset: number): void {
    this.#offset = offset + Buffer.byteLength(text);
    if (text !== "") this.#handlers.onOutput(this.#log, text, offset);
  }

  #lost(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#handlers.onLost();
  }
}
