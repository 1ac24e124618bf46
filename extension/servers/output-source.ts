import type { ServerAddress } from "../../daemon/client/address.ts";
import { followEvents } from "../../daemon/client/event-stream.ts";
import { RequestFailure } from "../../daemon/client/failure.ts";
import { followLog } from "../../daemon/client/log-tail.ts";
import type { RpcClient } from "../../daemon/client/rpc.ts";
import type { LogChannel, ProcessSnapshot, StreamEvent } from "../../daemon/protocol/event-stream.ts";
import { FAULT_CODES, Fault } from "../../daemon/protocol/faults.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { withoutRepeated } from "../model/output-text.ts";
import { processKey } from "../model/process-table.ts";

/** Bytes of a log that are shown before what is written next. */
const HISTORY_BYTES = 64 * 1024;

/** A process, by name. */
export type ProcessName = { readonly group: string; readonly name: string };

/** What a source of output tells, in order. */
export type OutputHandlers = {
  onOutput(channel: LogChannel, text: string, offset: number | null): void;
  onProcess(process: ProcessSnapshot): void;
  onGap(bytes: number): void;
  onLost(): void;
};

/** The output of a process of a daemon of ours, with its changes of state in between. */
export function followLive(address: ServerAddress, process: ProcessName, handlers: OutputHandlers): Source {
  const key = processKey(process);
  const query = { processes: [key], logs: ["stdout", "stderr"], history: HISTORY_BYTES } as const;
  const stream = followEvents(address, query, {
    onEvent: (event) => hand(event, key, handlers),
    onStatus(status) {
      if (status === "open") return;
      stream.close();
      handlers.onLost();
    },
  });
  return stream;
}

/** The output of a process of a real supervisord: the end of its logs, then what is appended to them. */
export function followTails(client: RpcClient, process: ProcessName, handlers: OutputHandlers): Source {
  const tails = (["stdout", "stderr"] as const).map((channel) =>
    followTail(client, process, channel, handlers),
  );
  return {
    close() {
      for (const tail of tails) tail.close();
    },
  };
}

export type Source = { close(): void };

function hand(event: StreamEvent, key: string, handlers: OutputHandlers): void {
  switch (event.type) {
    case "log":
      if (processKey(event) === key) handlers.onOutput(event.channel, event.text, event.offset);
      break;
    case "process":
      if (processKey(event.process) === key) handlers.onProcess(event.process);
      break;
    case "snapshot":
    case "added":
      for (const process of event.processes) if (processKey(process) === key) handlers.onProcess(process);
      break;
    case "dropped":
      handlers.onGap(event.bytes);
      break;
    case "removed":
    case "server":
      break;
  }
}

function followTail(
  client: RpcClient,
  process: ProcessName,
  channel: LogChannel,
  handlers: OutputHandlers,
): Source {
  const name = makeNamespec(process.group, process.name);
  let tail: Source | null = null;
  let closed = false;
  const begin = async (): Promise<void> => {
    const history = await readEnd(client, name, channel);
    if (closed || history === null) return;
    handlers.onOutput(channel, history, null);
    let first = true;
    tail = followLog(
      client.address,
      { kind: "process", name, channel },
      {
        onText(text) {
          const fresh = first ? withoutRepeated(history, text) : text;
          first = false;
          handlers.onOutput(channel, fresh, null);
        },
        onClosed: () => handlers.onLost(),
      },
    );
  };
  begin().catch(() => handlers.onLost());
  return {
    close() {
      closed = true;
      tail?.close();
    },
  };
}

/**
 * Null for a process that keeps no such log. Empty where the answer cannot be read: a real supervisord puts the
 * control bytes of coloured output into XML as they are. Following the log still gives its last lines then.
 */
async function readEnd(client: RpcClient, name: string, channel: LogChannel): Promise<string | null> {
  try {
    return channel === "stdout"
      ? await client.readProcessStdoutLog(name, -HISTORY_BYTES, 0)
      : await client.readProcessStderrLog(name, -HISTORY_BYTES, 0);
  } catch (error) {
    if (error instanceof Fault && error.code === FAULT_CODES.NO_FILE) return null;
    if (error instanceof RequestFailure) throw error;
    return "";
  }
}
