import type { ServerAddress } from "../../daemon/client/address.ts";
import { followEvents } from "../../daemon/client/event-stream.ts";
import type { LogChannel, ProcessSnapshot, StreamEvent } from "../../daemon/protocol/event-stream.ts";
import { processKey } from "../model/process-table.ts";

/** A process, by name. */
export type ProcessName = { readonly group: string; readonly name: string };

/** One log of a process. */
export type LogStream = ProcessName & { readonly channel: LogChannel };

/** What a source of output tells, in order. */
export type OutputHandlers = {
  /** `offset` is that of the first byte in the log. */
  onOutput(log: LogStream, text: string, offset: number): void;
  onProcess(process: ProcessSnapshot): void;
  onGap(bytes: number): void;
  onLost(): void;
};

/** Where output comes from until it is closed, or lost. */
export type Source = {
  /** A process has begun a run: it may have logs now that it had not before. */
  runBegan(process: ProcessSnapshot): void;
  close(): void;
};

/** Which logs are wanted; null for those of all processes, also of ones to come. */
export type LiveQuery = { readonly keys: readonly string[] | null; readonly historyBytes: number };

/** The output of processes of a daemon of ours, with their changes of state in between. */
export function followLive(
  address: ServerAddress,
  { keys, historyBytes }: LiveQuery,
  handlers: OutputHandlers,
): Source {
  const isWanted = (key: string) => keys?.includes(key) ?? true;
  const query = { processes: keys ?? [], logs: ["stdout", "stderr"], history: historyBytes } as const;
  const stream = followEvents(address, query, {
    onEvent: (event) => hand(event, isWanted, handlers),
    onStatus(status) {
      if (status === "open") return;
      stream.close();
      handlers.onLost();
    },
  });
  return { close: () => stream.close(), runBegan() {} };
}

function hand(event: StreamEvent, isWanted: (key: string) => boolean, handlers: OutputHandlers): void {
  switch (event.type) {
    case "log":
      if (isWanted(processKey(event))) handlers.onOutput(event, event.text, event.offset);
      break;
    case "process":
      if (isWanted(processKey(event.process))) handlers.onProcess(event.process);
      break;
    case "snapshot":
    case "added":
      for (const process of event.processes) if (isWanted(processKey(process))) handlers.onProcess(process);
      break;
    case "dropped":
      handlers.onGap(event.bytes);
      break;
    case "removed":
    case "server":
      break;
  }
}
