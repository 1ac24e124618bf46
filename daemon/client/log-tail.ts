import { StringDecoder } from "node:string_decoder";
import type { LogChannel } from "../protocol/event-stream.ts";
import type { ServerAddress } from "./address.ts";
import { type RequestFailure, refusedWith, unreachable } from "./failure.ts";
import { open } from "./request.ts";

/** A log that a supervisor streams: one of a process (`GROUP:NAME`, or its name), or the daemon's own. */
export type TailedLog =
  | { readonly kind: "process"; readonly name: string; readonly channel: LogChannel }
  | { readonly kind: "daemon" };

export type TailHandlers = {
  /** The end of the log as it is, then whatever is written. Characters are never cut. */
  onText(text: string): void;
  /** The server ended the stream; null where it did so in good order. Nothing follows. */
  onClosed(failure: RequestFailure | null): void;
};

/** Asked to close the connection after its answer, Supervisor holds output back until 64 KiB have gathered. */
const SENT_AT_ONCE = { connection: "keep-alive" };

/** Streams a log, of any supervisord, until closed or until the server ends it. */
export function followLog(address: ServerAddress, log: TailedLog, handlers: TailHandlers): { close(): void } {
  let closed = false;
  const call = { method: "GET", path: tailPath(log), headers: SENT_AT_ONCE } as const;
  const connection = open(address, call, (answer) => {
    if (answer.statusCode !== 200) return end(refusedWith(address, answer.statusCode ?? 0));
    const decoder = new StringDecoder("utf8");
    answer.on("data", (chunk: Buffer) => {
      const text = decoder.write(chunk);
      if (!closed && text !== "") handlers.onText(text);
    });
    answer.on("end", () => end(null));
    answer.on("error", (error) => end(unreachable(address, error)));
  });
  connection.on("error", (error) => end(unreachable(address, error)));

  function end(failure: RequestFailure | null): void {
    if (closed) return;
    closed = true;
    connection.destroy();
    handlers.onClosed(failure);
  }

  return {
    close() {
      closed = true;
      connection.destroy();
    },
  };
}

/** The path that streams a log. */
export function tailPath(log: TailedLog): string {
  if (log.kind === "daemon") return "/mainlogtail";
  return `/logtail/${encodeURIComponent(log.name).replaceAll("%3A", ":")}/${log.channel}`;
}
